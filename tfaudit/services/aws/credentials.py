"""Credentials written down in code: whether a password or a token stands there as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.assets.inventory import ABSENT
from tfaudit.assets.settings import NotApplicable
from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Unresolved

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_A_PLAN = Unresolved(
    "a plan shows the value that is used, and not whether it is written in the code",
    "scan the code beside the plan",
)


def not_shown(view: View) -> NotApplicable:
    """Return that an account is not asked: no answer holds a credential, so code is where one would be written down."""
    return NotApplicable("no answer holds it: the code is judged", view.resource, view.base)


def written_down(*paths: str) -> Callable[[View], Reading]:
    """Return the spelling "a text stands at the first of `paths`".

    What comes from a variable, a generated secret or a lookup (CloudFormation's `{{resolve:...}}` too) is not written
    down. A plan has the value only: there it cannot be told.
    """

    def spelling(view: View) -> Reading:
        reading = view.first(*paths)
        value = reading.value
        if value is ABSENT or value == "":
            return Reading(False, view.resource, view.base)
        literal = not isinstance(value, (Reference, Unresolved)) and not str(value).startswith("{{resolve:")
        if literal and view.resource.plane == "plan":
            return Reading(_IN_A_PLAN, reading.resource, reading.path)
        return Reading(literal, reading.resource, reading.path)

    return spelling
