"""What Azure Lighthouse hands over to another tenant, as `role_binding` assets: one for each authorization of an offer.

An offer (a registration definition) names identities of the managing tenant and the roles that they get; it holds
where it is assigned, at a subscription or at resource groups of it. Who may give roles by it gives only those that are
named, to managed identities. learn.microsoft.com/azure/lighthouse/how-to/onboard-customer
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.fact import Fact, Facts, always
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import element_name, elements
from tfaudit.services.azure.identity import built_in_roles, grants
from tfaudit.services.azure.identity.role_assignments import BINDING
from tfaudit.services.azure.keys.keys import raw

READS = (
    "azurerm_lighthouse_definition",
    "azurerm_lighthouse_assignment",
    "microsoft.managedservices/registrationdefinitions",
    "microsoft.managedservices/registrationassignments",
)
KINDS = ("role_binding",)
ARM_TYPES = (
    "Microsoft.ManagedServices/registrationDefinitions",
    "Microsoft.ManagedServices/registrationAssignments",
)

_ASSIGNMENTS = (READS[1], READS[3])
_PAGE = "learn.microsoft.com/azure/lighthouse/concepts/architecture"
_ELIGIBLE = "learn.microsoft.com/azure/lighthouse/how-to/create-eligible-authorizations"
_ROLES = "learn.microsoft.com/azure/lighthouse/concepts/tenants-users-roles"
_WIDEST = ("tenant", "management_group", "subscription", "resource_group", "resource")

_GIVEN: Spelling = {
    # word of an authorization, then its path in Terraform and in ARM
    "role_name": azure(NOTHING, NOTHING),
    "role": azure("role_definition_id", "roleDefinitionId"),
    "condition": azure(NOTHING, NOTHING),
    "principal": azure("principal_id", "principalId"),
    "principal_type": azure(NOTHING, NOTHING),
    "delegated": azure("delegated_role_definition_ids", "delegatedRoleDefinitionIds"),
}
TABLE: Spelling = {
    # word of an offer, then its path in Terraform and in ARM
    "id": azure("lighthouse_definition_id", "name"),
    "given": azure("authorization", "properties.authorizations", rows=_GIVEN),
    "eligible": azure("eligible_authorization", "properties.eligibleAuthorizations", rows=_GIVEN),
}
ASSIGNMENT: Spelling = {
    # word of an assignment of an offer, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "scope": azure("scope", "scope"),
    "id": azure(NOTHING, "id"),
    "offer": azure("lighthouse_definition_id", "properties.registrationDefinitionId"),
}


def _by_offer(inventory: Inventory) -> dict[str, list[View]]:
    """Return the assignments by the address of the offer that they lead to."""
    found: dict[str, list[View]] = {}
    for each in inventory.of_type(*_ASSIGNMENTS):
        assignment = View(each, inventory, table=ASSIGNMENT)
        for target in assignment.leads_to("offer"):
            found.setdefault(target.resource.address, []).append(assignment)
    return found


def _scope_of(assignment: View) -> states.Reading:
    """Return how far an assignment reaches; a live one says it by its id."""
    id_ = raw(assignment, "id")
    if isinstance(id_, str) and assignment.resource.plane == "live":
        above = id_.lower().partition("/providers/microsoft.managedservices/")[0]
        reach = "resource_group" if "/resourcegroups/" in above else "subscription"
        return Known(reach, assignment.resource, assignment.base)
    return grants.scope(assignment)


def _scope(view: View) -> states.Reading:
    """Return the widest scope that an offer is assigned at."""
    unsure: states.Reading | None = None
    widest: Known | None = None
    for each in view.inventory.derived(_by_offer).get(view.resource.address, ()):
        doubt = may_be_missing(each.resource, view.resource)
        found = _scope_of(each)
        if doubt is not None:
            unsure = Unknown(doubt.because, doubt.settle_with, each.resource)
        elif not isinstance(found, Known):
            unsure = found
        elif widest is None or _WIDEST.index(found.value) < _WIDEST.index(widest.value):
            widest = found
    if widest is not None and (unsure is None or widest.value == "subscription"):
        return widest
    because = "where it is assigned is not stated here"
    return unsure or Unknown(because, "look at the delegations of the subscription", view.resource, view.base)


def _delegates(view: View, gives: states.Reading) -> states.Reading:
    """Return whether a role that administers is among those that may be given on."""
    named = view.parts("delegated")
    if (isinstance(gives, Known) and not gives.value) or isinstance(named, Absent):
        return gives
    unsure: Unknown | None = None
    for each in named.value:
        if isinstance(each, str):
            if each.lower().rpartition("/")[2] in built_in_roles.administering():
                return Known(True, view.resource, named.path)
        else:
            why = each if isinstance(each, Unresolved) else Unresolved(f"it is {each}", grants.SETTLE)
            unsure = Unknown(why.because, why.settle_with, view.resource, named.path)
    return unsure or Known(False, view.resource, named.path)


def _administers(view: View) -> states.Reading:
    everything, gives = grants.parts(view)
    return grants.either(everything, _delegates(view, gives))


_COMMON: Facts = {
    **BINDING,
    "subjects.guests": always(True, f"{_PAGE}: its identities are those of the managing tenant"),
    "unauthenticated": always(False, _ROLES),
    "public_principal": always(False, _ROLES),
}
GIVEN: Facts = {
    **_COMMON,
    "admin": Fact(joins=_administers, of=("role", "delegated")),
    "role": Fact(joins=grants.role, of=("role",)),
    "scope": Fact(joins=_scope, of=("role",), beside=_ASSIGNMENTS),
    "standing": always(True, f"{_PAGE}: they have the role at all times"),
    "temporary": always(False, f"{_PAGE}: they have the role at all times"),
}
ELIGIBLE: Facts = {
    **GIVEN,
    "standing": always(False, f"{_ELIGIBLE}: it has to be activated"),
    "temporary": always(True, f"{_ELIGIBLE}: it has to be activated"),
}
_OF_ANOTHER = Fact(
    constant=Unresolved(
        "its offer is not declared here", "scan it together with the offer, or the live subscription"
    )
)
ELSEWHERE: Facts = {
    **_COMMON,
    "admin": _OF_ANOTHER,
    "role": _OF_ANOTHER,
    "scope": Fact(joins=_scope_of, of=("scope", "id")),
    "standing": _OF_ANOTHER,
    "temporary": _OF_ANOTHER,
    "subjects": _OF_ANOTHER,
}


def _key(type_: str, *names: Any) -> Key:
    if all(isinstance(each, str) for each in names):
        return f"azure:{type_}/{'/'.join(names)}".lower()
    return Unresolved("its name, its role or who has it is not known", grants.SETTLE)


def _of(authorization: View, id_: Any) -> Key:
    role, principal = raw(authorization, "role"), raw(authorization, "principal")
    stated = role.address if isinstance(role, Reference) else role
    role_id = stated.rpartition("/")[2] if isinstance(stated, str) else stated
    return _key("microsoft.managedservices/registrationdefinitions", id_, principal, role_id)


def assets(view: View) -> Iterator[Asset]:
    """Yield a `role_binding` for each authorization of an offer, and one for an assignment of an offer elsewhere."""
    if view.resource.type in _ASSIGNMENTS:
        assignment = view.spelled(ASSIGNMENT)
        offers = (each.resource.type for each in assignment.leads_to("offer"))
        if not any(each in READS for each in offers):
            key = _key("microsoft.managedservices/registrationassignments", raw(assignment, "name"))
            yield asset("role_binding", assignment, ELSEWHERE, key)
        return
    for word, facts in (("given", GIVEN), ("eligible", ELIGIBLE)):
        for index, each in enumerate(elements(view, word)):
            part = f"{element_name(view, word, 0)}[{index}]"
            yield asset("role_binding", each, facts, _of(each, raw(view, "id")), part=part)
