"""What a role of Azure comes to, and over how much: wildcards, what is taken out again, names, ids and scopes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, pinned, together, told

_BASE = (
    pinned("~> 4.0")
    + """
variable "x" {}
data "azurerm_subscription" "s" {}
data "azurerm_client_config" "c" {}
data "azurerm_management_group" "m" {
  name = "m"
}
"""
)


def role(actions: str, without: str = "", data: str = "", without_data: str = "", more: str = "") -> str:
    stated = {
        "actions": actions,
        "not_actions": without,
        "data_actions": data,
        "not_data_actions": without_data,
    }
    lines = "\n".join(f"{name} = {value}" for name, value in stated.items() if value)
    return f"""
resource "azurerm_role_definition" "r" {{
  name  = "r"
  scope = data.azurerm_subscription.s.id
  {more}
  permissions {{
    {lines}
  }}
}}
"""


_GIVE = "Microsoft.Authorization"
_ROLES: dict[str, tuple[str, tuple[Any, Any, Any]]] = {
    # what is so, the role, whether it administers, whether it is everything, whether it gives roles
    "everything": (role('["*"]'), (True, True, True)),
    "everything, in two parts": (role('["*/*"]'), (True, True, True)),
    "everything is taken out again": (role('["*"]', '["*"]'), (False, False, False)),
    "whatever changes something is taken out": (
        role('["*"]', '["*/write", "*/delete", "*/action"]'),
        (False, False, False),
    ),
    "as a contributor": (
        role('["*"]', f'["{_GIVE}/*/Delete", "{_GIVE}/*/Write", "{_GIVE}/elevateAccess/Action"]'),
        (True, True, False),
    ),
    "one service is taken out": (role('["*"]', '["Microsoft.Compute/*"]'), (True, True, True)),
    "what is taken out is not known": (role('["*"]', "[var.x]"), (UNKNOWN, UNKNOWN, UNKNOWN)),
    "whatever reads": (role('["*/read"]'), (False, False, False)),
    "whatever writes": (role('["*/write"]'), (True, False, True)),
    "whatever writes, by a part of a name": (role('["Microsoft.*/write"]'), (True, False, True)),
    "all of authorization": (role(f'["{_GIVE}/*"]'), (True, False, True)),
    "all of it but the giving": (
        role(
            f'["{_GIVE}/*"]',
            f'["{_GIVE}/roleAssignments/write", "{_GIVE}/roleDefinitions/write", "{_GIVE}/elevateAccess/Action"]',
        ),
        (False, False, False),
    ),
    "all of it but what is not known": (role(f'["{_GIVE}/*"]', "[var.x]"), (UNKNOWN, False, UNKNOWN)),
    "all of assignments": (role('["microsoft.authorization/roleassignments/*"]'), (True, False, True)),
    "in capitals": (role('["MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE"]'), (True, False, True)),
    "two services": (role('["Microsoft.Compute/*", "Microsoft.Network/*"]'), (False, False, False)),
    "an action that is not known": (role("[var.x]"), (UNKNOWN, UNKNOWN, UNKNOWN)),
    "actions that are not known": (role("var.x"), (UNKNOWN, UNKNOWN, UNKNOWN)),
    "none": (role("[]"), (False, False, False)),
    "all data": (role("[]", "", '["*"]'), (True, True, False)),
    "all data, which is taken out again": (role("[]", "", '["*"]', '["*"]'), (False, False, False)),
    "nothing, and in a second part the giving": (
        role('["*"]', '["*"]').replace(
            "  permissions {",
            f'  permissions {{\n actions = ["{_GIVE}/roleAssignments/write"]\n }}\n  permissions {{',
            1,
        ),
        (True, False, True),
    ),
    "locks": (role(f'["{_GIVE}/locks/*"]'), (False, False, False)),
}
together(_BASE + text for text, _ in _ROLES.values())


@pytest.mark.parametrize("name", _ROLES)
def test_what_a_role_comes_to(name: str) -> None:
    text, expected = _ROLES[name]
    found = declared(_BASE + text)["azurerm_role_definition.r"]
    assert tuple(told(found, each) for each in ("admin", "wildcard_actions", "escalates")) == expected


def given(scope: str, role_: str = 'role_definition_name = "Owner"') -> str:
    return f"""
resource "azurerm_role_assignment" "a" {{
  scope        = {scope}
  {role_}
  principal_id = var.x
}}
"""


_SCOPES: dict[str, Any] = {
    "data.azurerm_subscription.s.id": "subscription",
    '"/subscriptions/${data.azurerm_client_config.c.subscription_id}"': "subscription",
    '"/subscriptions/${var.x}"': "subscription",
    '"/SUBSCRIPTIONS/0"': "subscription",
    '"/subscriptions/0/"': "subscription",
    "data.azurerm_management_group.m.id": "management_group",
    '"/providers/Microsoft.Management/managementGroups/${var.x}"': "management_group",
    '"/"': "tenant",
    '"/subscriptions/0/resourceGroups/g"': "resource_group",
    '"${data.azurerm_subscription.s.id}/resourceGroups/g"': "resource_group",
    '"${data.azurerm_subscription.s.id}/resourceGroups/${var.x}"': "resource_group",
    '"${data.azurerm_subscription.s.id}/resourceGroups/g/providers/Microsoft.Web/sites/a"': "resource",
    "var.x": UNKNOWN,
    '"${var.x}/resourceGroups/g"': UNKNOWN,
}
together(_BASE + given(each) for each in _SCOPES)


@pytest.mark.parametrize("scope", _SCOPES)
def test_how_far_a_scope_reaches(scope: str) -> None:
    found = declared(_BASE + given(scope))["azurerm_role_assignment.a"]
    assert told(found, "scope") == _SCOPES[scope]


_AT = "data.azurerm_subscription.s.id"
_OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
_OWN = "22222222-2222-2222-2222-222222222222"
_DATA = """
data "azurerm_role_definition" "d" {
  name = "Owner"
}
"""
_NAMED: dict[str, tuple[str, Any]] = {
    "by its name": (given(_AT, 'role_definition_name = "owner"'), True),
    "a reader": (given(_AT, 'role_definition_name = "Reader"'), False),
    "a reader of secrets": (given(_AT, 'role_definition_name = "Key Vault Secrets User"'), False),
    "who gives roles": (given(_AT, 'role_definition_name = "User Access Administrator"'), True),
    "by its id": (given(_AT, f'role_definition_id = "/providers/{_GIVE}/roleDefinitions/{_OWNER}"'), True),
    "by its id in the subscription": (
        given(_AT, f'role_definition_id = "${{{_AT}}}/providers/{_GIVE}/roleDefinitions/{_OWNER}"'),
        True,
    ),
    "looked up": (_DATA + given(_AT, "role_definition_id = data.azurerm_role_definition.d.id"), True),
    "looked up, by its name": (
        _DATA + given(_AT, "role_definition_name = data.azurerm_role_definition.d.name"),
        True,
    ),
    "by an id that is not known": (
        given(_AT, f'role_definition_id = "/providers/{_GIVE}/roleDefinitions/{_OWN}"'),
        UNKNOWN,
    ),
    "by a name that is not known": (given(_AT, 'role_definition_name = "Platform Owner"'), UNKNOWN),
    "by a name that comes from outside": (given(_AT, "role_definition_name = var.x"), UNKNOWN),
    "a custom one": (
        role('["*"]')
        + given(_AT, "role_definition_id = azurerm_role_definition.r.role_definition_resource_id"),
        True,
    ),
    "a custom one that reads": (
        role('["*/read"]')
        + given(_AT, "role_definition_id = azurerm_role_definition.r.role_definition_resource_id"),
        False,
    ),
    "a custom one, by its name": (
        role('["*"]') + given(_AT, "role_definition_name = azurerm_role_definition.r.name"),
        True,
    ),
    "a custom one, by its name as a text": (role('["*"]') + given(_AT, 'role_definition_name = "r"'), True),
    "a custom one that reads, by its name as a text": (
        role('["*/read"]') + given(_AT, 'role_definition_name = "r"'),
        False,
    ),
    "a custom one, by its id as a text": (
        role('["*"]', more=f'role_definition_id = "{_OWN}"')
        + given(_AT, f'role_definition_id = "/subscriptions/0/providers/{_GIVE}/roleDefinitions/{_OWN}"'),
        True,
    ),
}
together(_BASE + text for text, _ in _NAMED.values())


@pytest.mark.parametrize("name", _NAMED)
def test_whether_an_assignment_administers(name: str) -> None:
    text, expected = _NAMED[name]
    assert told(declared(_BASE + text)["azurerm_role_assignment.a"], "admin") == expected
