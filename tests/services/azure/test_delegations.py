"""What Azure Lighthouse gives to another tenant: which roles, to whom and how far, in code and live."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN, from_arm, from_bicep, values
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, pinned, together
from tests.services.azure.pairs import resource
from tfaudit.model.asset import Asset
from tfaudit.pipeline.examples import recorded
from tfaudit.services.registry import Registry, assets

_NAMES = ("admin", "role", "scope", "subjects.guests", "standing", "temporary", "subjects")
_CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
_READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
_GIVES = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
_TEAM = "99999999-9999-9999-9999-999999999999"
_OFFER = "22222222-2222-2222-2222-222222222222"
_IN_GROUP = '"/subscriptions/s/resourceGroups/rg"'

Said = tuple[Any, ...]


def given(role: str, more: str = "", block: str = "authorization") -> str:
    return f'  {block} {{\n    principal_id = "{_TEAM}"\n    role_definition_id = {role}\n    {more}\n  }}\n'


def offer(*blocks: str, scope: str = "data.azurerm_subscription.s.id", assigned: str | None = None) -> str:
    offered = "azurerm_lighthouse_definition.o.id" if assigned is None else assigned
    return f"""
{pinned("~> 4.0")}
variable "x" {{}}
data "azurerm_subscription" "s" {{}}
data "azurerm_role_definition" "c" {{
  name = "Contributor"
}}
resource "azurerm_lighthouse_definition" "o" {{
  name                     = "operations"
  lighthouse_definition_id = "{_OFFER}"
  managing_tenant_id       = "33333333-3333-3333-3333-333333333333"
  scope                    = data.azurerm_subscription.s.id
{"".join(blocks)}
}}
resource "azurerm_lighthouse_assignment" "a" {{
  scope                    = {scope}
  lighthouse_definition_id = {offered}
}}
"""


_AT_ALL = ("subscription", True, True, False, [_TEAM])
_CASES: dict[str, tuple[str, list[Said]]] = {
    # what is so, the code, and what is said of each authorization
    "a contributor": (offer(given(f'"{_CONTRIBUTOR}"')), [(True, "Contributor", *_AT_ALL)]),
    "a reader": (offer(given(f'"{_READER}"')), [(False, "Reader", *_AT_ALL)]),
    "by a data source": (
        offer(given("data.azurerm_role_definition.c.role_definition_id")),
        [(True, "Contributor", *_AT_ALL)],
    ),
    "in a group": (
        offer(given(f'"{_CONTRIBUTOR}"'), scope=_IN_GROUP),
        [(True, "Contributor", "resource_group", *_AT_ALL[1:])],
    ),
    "a role that is not known": (offer(given("var.x")), [(UNKNOWN, UNKNOWN, *_AT_ALL)]),
    "a scope that is not known": (
        offer(given(f'"{_CONTRIBUTOR}"'), scope="var.x"),
        [(True, "Contributor", UNKNOWN, *_AT_ALL[1:])],
    ),
    "assigned elsewhere": (
        offer(given(f'"{_READER}"'), assigned='"/subscriptions/s/providers/x/registrationDefinitions/y"'),
        [
            (False, "Reader", UNKNOWN, *_AT_ALL[1:]),
            (UNKNOWN, UNKNOWN, "subscription", True, UNKNOWN, UNKNOWN, UNKNOWN),
        ],
    ),
    "who gives a reader's role": (
        offer(given(f'"{_GIVES}"', f'delegated_role_definition_ids = ["{_READER}"]')),
        [(False, "User Access Administrator", *_AT_ALL)],
    ),
    "who gives a contributor's role": (
        offer(given(f'"{_GIVES}"', f'delegated_role_definition_ids = ["{_READER}", "{_CONTRIBUTOR}"]')),
        [(True, "User Access Administrator", *_AT_ALL)],
    ),
    "who gives what is not known": (
        offer(given(f'"{_GIVES}"', "delegated_role_definition_ids = [var.x]")),
        [(UNKNOWN, "User Access Administrator", *_AT_ALL)],
    ),
    "who may activate a role": (
        offer(given(f'"{_READER}"'), given(f'"{_CONTRIBUTOR}"', block="eligible_authorization")),
        [
            (False, "Reader", *_AT_ALL),
            (True, "Contributor", "subscription", True, False, True, [_TEAM]),
        ],
    ),
}
together(text for text, _ in _CASES.values())


def said(found: list[Asset]) -> list[Said]:
    return [tuple(values(each, _NAMES).values()) for each in found if each.kind == "role_binding"]


@pytest.mark.parametrize("name", _CASES)
def test_what_is_given_to_another_tenant(name: str) -> None:
    text, expected = _CASES[name]
    assert said(list(declared(text).values())) == expected


def template(*authorizations: dict[str, Any], **more: Any) -> tuple[dict[str, Any], ...]:
    return (
        resource(
            "Microsoft.ManagedServices/registrationDefinitions",
            _OFFER,
            properties={
                "registrationDefinitionName": "operations",
                "managedByTenantId": "33333333-3333-3333-3333-333333333333",
                "authorizations": list(authorizations),
                **more,
            },
        ),
        resource(
            "Microsoft.ManagedServices/registrationAssignments",
            "44444444-4444-4444-4444-444444444444",
            scope="[subscription().id]",
            properties={
                "registrationDefinitionId": "[resourceId("
                f"'Microsoft.ManagedServices/registrationDefinitions', '{_OFFER}')]"
            },
        ),
    )


def authorized(role: str, **more: Any) -> dict[str, Any]:
    return {"principalId": _TEAM, "roleDefinitionId": role, **more}


_IN_TEMPLATES = {
    "a contributor": template(authorized(_CONTRIBUTOR)),
    "a reader": template(authorized(_READER)),
    "who gives a reader's role": template(authorized(_GIVES, delegatedRoleDefinitionIds=[_READER])),
    "who gives a contributor's role": template(
        authorized(_GIVES, delegatedRoleDefinitionIds=[_READER, _CONTRIBUTOR])
    ),
    "who may activate a role": template(
        authorized(_READER), eligibleAuthorizations=[authorized(_CONTRIBUTOR)]
    ),
}


@pytest.mark.parametrize("name", _IN_TEMPLATES)
def test_the_same_in_a_template_and_in_bicep(name: str) -> None:
    declared_ones = _IN_TEMPLATES[name]
    code = list(declared(_CASES[name][0]).values())
    in_arm, in_bicep = from_arm(*declared_ones), from_bicep(Spelled(declared_ones).text)
    assert said(in_arm) == said(in_bicep) == _CASES[name][1]
    assert [each.key for each in in_arm] == [each.key for each in in_bicep] == [each.key for each in code]


_S = "/subscriptions/00000000-0000-0000-0000-000000000000"


def live(*, assigned: bool) -> list[Asset]:
    kind = f"{_S}/providers/Microsoft.ManagedServices"
    things = [
        {
            "id": f"{kind}/registrationDefinitions/{_OFFER}",
            "name": _OFFER,
            "properties": {
                "managedByTenantId": "33333333-3333-3333-3333-333333333333",
                "authorizations": [{"principalId": _TEAM, "roleDefinitionId": _CONTRIBUTOR}],
            },
        }
    ]
    if assigned:
        offered = f"{kind}/registrationDefinitions/{_OFFER}"
        things.append(
            {
                "id": f"{kind}/registrationAssignments/44444444-4444-4444-4444-444444444444",
                "name": "44444444-4444-4444-4444-444444444444",
                "properties": {"registrationDefinitionId": offered},
            }
        )
    asked = ["microsoft.managedservices/registrationassignments"]
    found = assets(recorded({"azure": things, "asked": asked}, ""), Registry())
    return [each for each in found if isinstance(each, Asset)]


def test_live_an_offer_holds_where_it_is_assigned() -> None:
    assert said(live(assigned=True)) == [(True, "Contributor", *_AT_ALL)]


def test_live_an_offer_that_is_assigned_nowhere_is_not_known() -> None:
    assert said(live(assigned=False)) == [(True, "Contributor", UNKNOWN, *_AT_ALL[1:])]


_OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
_ME = "55555555-5555-5555-5555-555555555555"
_ALL = {"id": "00000000-0000-0000-0000-000000000000", "type": "SystemDefined"}
_GROUP = {"id": "77777777-7777-7777-7777-777777777777", "type": "Group"}
_STAR = {"actions": ["*"], "notActions": ["*/read"]}


def denied(*permissions: dict[str, Any], scope: str = _S, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{scope}/providers/Microsoft.Authorization/denyAssignments/66666666-6666-6666-6666-666666666666",
        "name": "66666666-6666-6666-6666-666666666666",
        "properties": {
            "scope": scope,
            "permissions": list(permissions),
            "principals": [_ALL],
            "excludePrincipals": [],
            **more,
        },
    }


def held(scope: str, *denials: dict[str, Any], role: str = _OWNER) -> Asset:
    assignment = {
        "id": f"{scope}/providers/Microsoft.Authorization/roleAssignments/11111111-1111-1111-1111-111111111111",
        "name": "11111111-1111-1111-1111-111111111111",
        "properties": {
            "scope": scope,
            "principalId": _ME,
            "principalType": "User",
            "roleDefinitionId": f"{_S}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        },
    }
    asked = ["microsoft.authorization/roleassignmentschedules", "microsoft.authorization/denyassignments"]
    found = assets(recorded({"azure": [assignment, *denials], "asked": asked}, ""), Registry())
    return next(each for each in found if isinstance(each, Asset) and each.kind == "role_binding")


_RG = f"{_S}/resourceGroups/rg"
_GIVE = "Microsoft.Authorization"
_MINE = {"id": _ME, "type": "User"}
_DENIED: dict[str, tuple[Asset, Any]] = {
    # what is so, the assignment of an owner, whether he administers
    "nothing is denied": (held(_S), True),
    "everything is denied to everybody": (held(_S, denied(_STAR)), False),
    "above": (held(_RG, denied(_STAR)), False),
    "below": (held(_S, denied(_STAR, scope=_RG)), True),
    "in a management group": (
        held(_S, denied(_STAR, scope="/providers/Microsoft.Management/managementGroups/m")),
        False,
    ),
    "not below": (held(_RG, denied(_STAR, doNotApplyToChildScopes=True)), True),
    "to him alone": (held(_S, denied(_STAR, principals=[_MINE])), False),
    "to another one": (held(_S, denied(_STAR, principals=[{"id": _OFFER, "type": "User"}])), True),
    "to a group": (held(_S, denied(_STAR, principals=[_GROUP])), UNKNOWN),
    "to all but him": (held(_S, denied(_STAR, excludePrincipals=[_MINE])), True),
    "to all but a group": (held(_S, denied(_STAR, excludePrincipals=[_GROUP])), UNKNOWN),
    "on a condition": (held(_S, denied(_STAR, condition="x")), UNKNOWN),
    "only audited": (held(_S, denied(_STAR, denyAssignmentEffect="audit")), True),
    "the giving of roles alone": (
        held(_S, denied({"actions": [f"{_GIVE}/*"]})),
        True,
    ),
    "the giving of roles, of who gives them": (
        held(_S, denied({"actions": [f"{_GIVE}/*"]}), role=_GIVES),
        False,
    ),
    "one way to give roles, of who gives them": (
        held(_S, denied({"actions": [f"{_GIVE}/roleAssignments/write"]}), role=_GIVES),
        True,
    ),
    "what a stack denies": (
        held(_S, denied({"actions": ["*/delete"], "notActions": []})),
        True,
    ),
    "two together": (
        held(
            _S,
            denied({"actions": ["Microsoft.Authorization/*"]}, {"actions": ["*"], "notActions": ["*/read"]}),
        ),
        False,
    ),
}


@pytest.mark.parametrize("name", _DENIED)
def test_what_deny_assignments_leave_of_a_role(name: str) -> None:
    found, expected = _DENIED[name]
    assert values(found, ("admin",))["admin"] == expected


_SCHEDULED: dict[str, tuple[str, tuple[Any, Any]]] = {
    # what is so, the schedule, whether it is standing and whether it is temporary
    "an end": ("expiration {\n duration_days = 30\n }", (False, True)),
    "no end": ("", (True, False)),
    "hours": ("expiration {\n duration_hours = 8\n }", (False, True)),
    "a day": ('expiration {\n end_date_time = "2027-01-01T00:00:00Z"\n }', (False, True)),
    "an end that is not known": ("expiration {\n duration_days = var.x\n }", (UNKNOWN, UNKNOWN)),
}


def active(schedule: str) -> str:
    return f"""
variable "x" {{}}
resource "azurerm_pim_active_role_assignment" "p" {{
  scope              = "/subscriptions/s"
  role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/{_OWNER}"
  principal_id       = "{_ME}"
  {f"schedule {{ {chr(10)} {schedule} {chr(10)} }}" if schedule else ""}
}}
"""


together(active(each) for each, _ in _SCHEDULED.values())


@pytest.mark.parametrize("name", _SCHEDULED)
def test_how_long_an_active_role_is_held(name: str) -> None:
    text, expected = _SCHEDULED[name]
    found = declared(active(text))["azurerm_pim_active_role_assignment.p"]
    assert tuple(values(found, ("standing", "temporary")).values()) == expected


def test_a_plain_assignment_has_no_end() -> None:
    text = f"""
resource "azurerm_role_assignment" "r" {{
  scope                = "/subscriptions/s"
  role_definition_name = "Owner"
  principal_id         = "{_ME}"
}}
"""
    found = declared(text)["azurerm_role_assignment.r"]
    assert values(found, ("standing", "temporary")) == {"standing": NOT_APPLICABLE, "temporary": False}
