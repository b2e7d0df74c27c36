"""Whether a role assignment of a live subscription is held at all times, as Privileged Identity Management says.

It has a schedule for each assignment: who activated an eligible role, or was given one for a time, has an end there.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Resource
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.companions import hidden
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import raw

ARM_TYPES = ("Microsoft.Authorization/roleAssignmentSchedules",)
SCHEDULES = "microsoft.authorization/roleassignmentschedules"

SCHEDULE: Spelling = {
    # word, then its path in Terraform, which has none of it, and in ARM
    "scope": azure(None, "properties.scope"),
    "role": azure(None, "properties.roleDefinitionId"),
    "principal": azure(None, "properties.principalId"),
    "way": azure(None, "properties.assignmentType"),
    "end": azure(None, "properties.endDateTime"),
}
_PAGE = "learn.microsoft.com/azure/role-based-access-control/pim-integration"
_OTHERS = "roles of the directory are what is looked at"


def _whose(view: View) -> tuple[str, str, str]:
    """Return who has which role where; an id of what was listed is a reference to it."""
    principal, role, scope = (_text(raw(view, each)) for each in ("principal", "role", "scope"))
    return principal, role.rpartition("/")[2], scope.rstrip("/")


def _text(value: Any) -> str:
    return (value.address if isinstance(value, Reference) else str(value)).lower()


def _by_holder(inventory: Inventory) -> dict[tuple[str, str, str], Resource]:
    return {_whose(View(each, inventory, table=SCHEDULE)): each for each in inventory.of_type(SCHEDULES)}


def _held(view: View) -> Known | Unknown | NotApplicable:
    """Return whether an assignment has no end, as its schedule says."""
    found = view.inventory.derived(_by_holder).get(_whose(view))
    if found is None:
        missed = hidden(view.resource, SCHEDULES)
        if missed is not None:
            return Unknown(missed.because, missed.settle_with, view.resource, view.base)
        return NotApplicable(_OTHERS, view.resource, view.base)
    schedule = View(found, view.inventory, table=SCHEDULE)
    way, end = schedule.word("way"), schedule.word("end")
    if isinstance(end, Known) and end.value:
        return Known(False, end.resource, end.path)
    if isinstance(way, Known) and str(way.value).lower() == "activated":
        return Known(False, way.resource, way.path)
    return Known(True, schedule.resource, way.path)


def _temporary(view: View) -> states.Reading:
    """Return whether an assignment ends by itself; one that no schedule is told of is held until it is taken away."""
    found = _held(view)
    if isinstance(found, Known):
        return Known(not found.value, found.resource, found.path)
    return Absent(view.resource, view.base) if isinstance(found, NotApplicable) else found


HELD = Fact(joins=_held, of=("principal", "role", "scope"), beside=(SCHEDULES,))
"""Whether a role is held at all times."""

TEMPORARY = Fact(
    joins=_temporary,
    of=("principal", "role", "scope"),
    default=Documented(False, f"{_PAGE}: an assignment is active until somebody takes it away"),
    beside=(SCHEDULES,),
)
"""Whether a role is held for a time: activated, or given with an end."""
