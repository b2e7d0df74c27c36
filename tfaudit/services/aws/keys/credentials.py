"""Credentials written down in code: whether a password or a token stands there as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import ABSENT, Elsewhere
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_A_PLAN = Unresolved(
    "a plan shows the value that is used, and not whether it is written in the code",
    "scan the code beside the plan",
)


def written(*words: str) -> Fact:
    """Return the fact whether a secret stands as text at the first of `words`.

    What comes from a variable, a generated secret or a lookup (CloudFormation's `{{resolve:...}}` too) is not written
    down. An answer of an API holds no credential, so that code is judged. A plan has the value only, wherever it is
    from; so this asks which plane it is on, as no word could say it.
    """

    def joins(view: View) -> Any:
        if view.resource.plane == "live":
            return Inapplicable("no answer holds it: the code is judged")
        readings = [view.word(each) for each in words]
        literal = next(
            (each for each in readings if isinstance(each, Known) and is_literal(each.value)), None
        )
        if literal is not None:
            planned = view.resource.plane == "plan"
            return Known(_IN_A_PLAN if planned else True, literal.resource, literal.path)
        if isinstance(view.resource.body, Elsewhere) and isinstance(readings[0], states.Unknown):
            return readings[0]  # what another stack's code has there cannot be seen from here
        stated = next((each for each in readings if not isinstance(each, states.Absent)), None)
        return Known(False, view.resource, view.base if stated is None else stated.path)

    return Fact(joins=joins, of=words)


def looked_up(found: states.Unknown) -> bool:
    """Whether a dynamic reference of CloudFormation's stands there, though a part of its name is not known."""
    return "{{resolve:" in found.expression


def is_literal(value: Any) -> bool:
    """Whether a secret is written down in `value`: as text, or in an object around it.

    An object that holds only what is generated, looked up or given from outside is none, whatever stands beside it
    under names that are no secret's.
    """
    if isinstance(value, dict):
        parts = list(leaves_of(value))
        if any(each == REDACTED for each in parts):
            return True
        return any(each not in ("", None) for each in parts) and not any(
            isinstance(each, (Reference, Unresolved)) for each in parts
        )
    if isinstance(value, (Reference, Unresolved)) or value is ABSENT or value is None or value == "":
        return False
    return not str(value).startswith("{{resolve:") and str(value).strip() not in _EMPTY


_EMPTY = ("{}", "[]")


def leaves_of(value: Any) -> Iterator[Any]:
    """Yield what stands in the mappings and lists of `value`."""
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves_of(each)
    else:
        yield value
