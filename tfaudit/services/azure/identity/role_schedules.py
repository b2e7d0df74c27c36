"""Azure's roles by Privileged Identity Management, as `role_binding` assets: who may activate one, and who has it.

What is eligible is held while it is activated; an active assignment that ends by itself is held until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.identity.role_assignments import BINDING
from tfaudit.services.azure.keys.keys import raw

READS = (
    "azurerm_pim_active_role_assignment",
    "azurerm_pim_eligible_role_assignment",
    "microsoft.authorization/roleassignmentschedulerequests",
    "microsoft.authorization/roleeligibilityschedulerequests",
    "microsoft.authorization/roleeligibilityschedules",
)
DECLARED = (
    "microsoft.authorization/roleassignmentschedulerequests",
    "microsoft.authorization/roleeligibilityschedulerequests",
)
"""Live, requests are a history: what came of them are assignments, and schedules of what is eligible."""
KINDS = ("role_binding",)
ARM_TYPES = (
    "Microsoft.Authorization/roleAssignmentScheduleRequests",
    "Microsoft.Authorization/roleEligibilityScheduleRequests",
    "Microsoft.Authorization/roleEligibilitySchedules",
)

_PAGE = (
    "learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-assign-roles"
)
_ELIGIBLE = ("azurerm_pim_eligible_role_assignment", DECLARED[1], READS[-1])
_EXPIRES = "properties.scheduleInfo.expiration"

TABLE: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure(NOTHING, "name"),
    "scope": azure("scope", ("properties.scope", "scope")),
    "role_name": azure(NOTHING, NOTHING),
    "role": azure("role_definition_id", "properties.roleDefinitionId"),
    "condition": azure("condition", "properties.condition"),
    "principal": azure("principal_id", "properties.principalId"),
    "principal_type": azure(NOTHING, "properties.principalType"),
    "request": azure(NOTHING, "properties.requestType"),
    "days": azure("schedule.expiration.duration_days", NOTHING),
    "hours": azure("schedule.expiration.duration_hours", NOTHING),
    "end": azure("schedule.expiration.end_date_time", f"{_EXPIRES}.endDateTime"),
    "duration": azure(NOTHING, f"{_EXPIRES}.duration"),
    "how": azure(NOTHING, f"{_EXPIRES}.type"),
}
_ENDS = ("days", "hours", "end", "duration")


def _standing(how: Any, days: Any, hours: Any, end: Any, duration: Any) -> Said | None:
    """Return whether an active assignment has no end."""
    if how is not None and lower(how) == "noexpiration":
        return Said(True, by="how")
    for word, value in zip(_ENDS, (days, hours, end, duration), strict=True):
        if value not in (None, "", 0):
            return Said(False, by=word)
    return None


def _temporary(how: Any, days: Any, hours: Any, end: Any, duration: Any) -> Any:
    """Return whether an active assignment ends by itself."""
    found = _standing(how, days, hours, end, duration)
    return found if found is None else Said(not found.value, by=found.by)


ACTIVE: Facts = {
    **BINDING,
    "temporary": Fact(_temporary, of=("how", *_ENDS), default=Documented(False, f"{_PAGE}: it has no end")),
    "standing": Fact(_standing, of=("how", *_ENDS), default=Documented(True, f"{_PAGE}: it has no end")),
}
ELIGIBLE: Facts = {
    **BINDING,
    "standing": always(False, f"{_PAGE}: it has to be activated"),
    "temporary": always(True, f"{_PAGE}: it has to be activated"),
}


def _key(view: View) -> Key:
    name = raw(view, "name")
    if isinstance(name, str) and view.dialect == "arm":
        return f"azure:{view.resource.type}/{name}"
    return Unresolved("it has no name of its own: the provider makes one up", "scan the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the `role_binding` that the resource declares; a request that takes one away makes none."""
    request = raw(view, "request")
    if isinstance(request, str) and request.lower().endswith(("remove", "deactivate")):
        return
    facts = ELIGIBLE if view.resource.type in _ELIGIBLE else ACTIVE
    yield asset("role_binding", view, facts, _key(view))
