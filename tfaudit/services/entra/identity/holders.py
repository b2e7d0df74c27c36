"""Who holds a role of Entra ID: a guest, and for how long."""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.companions import not_asked
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower

SCHEDULES = "microsoft.graph/rolemanagement/directory/roleassignmentscheduleinstances"
_GROUP = CannotTell("a group holds it, and who is in the group is not known", "look at the group in Entra ID")

SCHEDULE: Spelling = {
    # word of a schedule's instance, then its path in what Microsoft Graph answers
    "of": azure(NOTHING, "roleAssignmentOriginId"),
    "kind": azure(NOTHING, "assignmentType"),
    "until": azure(NOTHING, "endDateTime"),
}


def is_guest(principal: Any) -> bool | CannotTell | None:
    """Return whether a principal is a guest: a guest's name is that of the own tenant with the mark `#EXT#`.

    learn.microsoft.com/entra/external-id/user-properties
    """
    if principal is None:
        return None
    word = lower(principal.get("@odata.type")) or ""
    if word.endswith("group"):
        return _GROUP
    if word.endswith(".user"):
        return "#ext#" in str(principal.get("userPrincipalName")).lower()
    return (
        CannotTell("of what type its holder is, is not reported", "look at it in Entra ID")
        if not word
        else False
    )


def standing(view: View) -> states.Reading:
    """Return whether a role is held at all times, rather than activated when it is needed, or until a day."""
    missed = not_asked(view.resource, SCHEDULES)
    if missed is not None:
        return Unknown(missed.because, missed.settle_with, view.resource, view.base)
    own = view.stated("id").value
    for each in view.inventory.of_type(SCHEDULES):
        schedule = View(each, view.inventory, table=SCHEDULE)
        if schedule.stated("of").value != own:
            continue
        kind, until = schedule.word("kind"), schedule.word("until")
        if isinstance(kind, Unknown):
            return kind
        lasts = isinstance(kind, Known) and lower(kind.value) == "assigned"
        if lasts and isinstance(until, Unknown):
            return until
        return Known(lasts and not isinstance(until, Known), each, kind.path)
    return Known(True, view.resource, view.base)


def temporary(view: View) -> states.Reading:
    """Return whether a role is held for a time: activated, or given with an end."""
    found = standing(view)
    return Known(not found.value, found.resource, found.path) if isinstance(found, Known) else found
