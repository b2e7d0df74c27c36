"""Credentials written down in code: whether a password or a token stands there as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED, is_reference, may_be_literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

IN_A_PLAN = Unresolved(
    "a plan shows the value that is used, and not whether it is written in the code",
    "scan the code beside the plan",
)
_EMPTY = ("", "{}", "[]")


def written_down(*words: str, unused: str = "") -> Fact:
    """Return the fact whether a secret stands as text at one of `words`; where the switch `unused` is on, none does.

    A reference, a variable or a lookup (CloudFormation's `{{resolve:...}}` too) is not a secret that this code gives
    away: known or not, it is no literal. An answer of an API holds no credential, so that code is judged, and a plan
    has the value only, wherever it is from: this asks which plane it is on, as no word could say.
    """

    def joins(view: View) -> Reading | Inapplicable:
        if view.resource.plane == "live":
            return Inapplicable("no answer holds it: the code is judged")
        if unused and isinstance(off := view.word(unused), Known) and as_bool(off.value) is True:
            return Known(False, off.resource, off.path)
        readings = [view.word(word) for word in words]
        if isinstance(view.resource.body, Elsewhere) and isinstance(readings[0], Unknown):
            return readings[0]  # what another stack's code has there cannot be seen from here
        return literal_among(readings) or _no_literal(view, readings)

    return Fact(
        joins=joins,
        of=(*words, unused) if unused else words,
        default=Documented(False, "no credential is set here"),
    )


def literal_among(readings: Sequence[Reading]) -> Known | Unknown | None:
    """Return that a secret is written down in the first of `readings` in which one is, None if there is none.

    Of a plan it cannot be said; nor where a text is one of the values that it may have, in a branch of a condition.
    """
    for each in readings:
        if isinstance(each, Known) and is_literal(each.value):
            if each.resource.plane == "plan":
                return Unknown(IN_A_PLAN.because, IN_A_PLAN.settle_with, each.resource, each.path)
            return Known(True, each.resource, each.path)
    return next((each for each in readings if isinstance(each, Unknown) and each.literal), None)


def _no_literal(view: View, readings: Sequence[Reading]) -> Reading:
    for each in readings:
        if not isinstance(each, Absent) and getattr(each, "value", None) != "":
            return Known(False, each.resource, each.path)
    return Absent(view.resource, view.base)


def is_literal(value: Any) -> bool:
    """Whether a secret is written down in `value`: as text, or in an object around it.

    What says where the secret is (`op://vault/item/field`) is none. An object that holds only what is generated, looked
    up or given from outside is none, whatever stands beside it under names that are no secret's.
    """
    if isinstance(value, dict):
        parts = list(_leaves_of(value))
        if any(each == REDACTED for each in parts):
            return True
        from_elsewhere = any(
            isinstance(each, (Reference, Unresolved)) or is_reference(each) for each in parts
        )
        return not from_elsewhere and any(each not in ("", None) for each in parts)
    # What is not set is no literal: ABSENT is none of these types.
    if not isinstance(value, (str, int, float, list)):
        return False
    text = str(value).strip()
    return text not in _EMPTY and may_be_literal(text)


def _leaves_of(value: Any) -> Iterator[Any]:
    """Yield what stands in the mappings and lists of `value`."""
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves_of(each)
    else:
        yield value
