"""What a role assignment of Azure really gives: under a condition, by several rules together, at a scope, to whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, assert_same, from_arm, from_bicep, from_terraform, values
from tests.services.azure.declared import declared, pinned, together, told

_BASE = (
    pinned("~> 4.0")
    + """
variable "x" {}
data "azurerm_subscription" "s" {}
data "azurerm_subscriptions" "all" {}
data "azurerm_client_config" "c" {}
data "azurerm_management_group" "m" {
  name = "m"
}
"""
)
_SUBSCRIPTION = "data.azurerm_subscription.s.id"
_DATA_READER = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
_OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
_PRIVILEGED = (
    f"{_OWNER}, {_ADMINISTRATOR}, b24988ac-6180-42a0-ab88-20f7382dd24c, "
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168, a8889054-8d42-49c9-bc1c-52486c10e7cd"
)
_WRITE = "Microsoft.Authorization/roleAssignments/write"
_ROLE_ID = "Microsoft.Authorization/roleAssignments:RoleDefinitionId"


def giving(ids: str, operator: str = "ForAnyOfAnyValues:GuidEquals", also: str = "") -> str:
    """A condition as Azure's portal writes it: which roles may be given, and taken away."""
    return (
        f"((!(ActionMatches{{'{_WRITE}'}})) OR (@Request[{_ROLE_ID}] {operator} {{{ids}}}{also})) AND "
        f"((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})) OR "
        f"(@Resource[{_ROLE_ID}] {operator} {{{ids}}}))"
    )


_TO_MACHINES = (
    " AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] "
    "ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}"
)
_CONDITIONS: dict[str, tuple[str, str, Any]] = {
    # what is so, the role, the condition, whether it administers
    "one role may be given": (_ADMINISTRATOR, giving(_DATA_READER), False),
    "one role, to machines alone": (_ADMINISTRATOR, giving(_DATA_READER, also=_TO_MACHINES), False),
    "the owner's may be given": (_ADMINISTRATOR, giving(f"{_DATA_READER}, {_OWNER}"), True),
    "the owner's, to machines alone": (_ADMINISTRATOR, giving(_OWNER, also=_TO_MACHINES), UNKNOWN),
    "all but the owner's": (
        _ADMINISTRATOR,
        giving(_OWNER, "ForAnyOfAllValues:GuidNotEquals"),
        True,
    ),
    "all but those that administer": (
        _ADMINISTRATOR,
        giving(_PRIVILEGED, "ForAnyOfAllValues:GuidNotEquals"),
        UNKNOWN,
    ),
    "one that is not known": (_ADMINISTRATOR, giving("11111111-1111-1111-1111-111111111111"), UNKNOWN),
    "what may be taken away alone": (
        _ADMINISTRATOR,
        (
            f"(!(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})) OR "
            f"(@Resource[{_ROLE_ID}] ForAnyOfAnyValues:GuidEquals {{{_DATA_READER}}})"
        ),
        True,
    ),
    "a bracket is missing": (_ADMINISTRATOR, giving(_DATA_READER)[1:], UNKNOWN),
    "brackets without end": (_ADMINISTRATOR, "(" * 5000, UNKNOWN),
    "an operator that nobody knows": (_ADMINISTRATOR, giving(_DATA_READER, "GuidResembles"), UNKNOWN),
    "an owner may do the rest all the same": (_OWNER, giving(_DATA_READER), True),
    "an empty one": (_ADMINISTRATOR, "", True),
    "a reader": ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "nonsense", False),
}


@pytest.mark.parametrize("name", _CONDITIONS)
def test_a_condition_counts_for_the_roles_that_may_be_given(name: str) -> None:
    role, condition, expected = _CONDITIONS[name]
    id_ = "12345678-1234-1234-1234-123456789012"
    definition = f"/providers/Microsoft.Authorization/roleDefinitions/{role}"
    assert_same(
        {"admin": expected, "scope": "resource_group"},
        terraform=from_terraform(
            _BASE
            + f"""
resource "azurerm_role_assignment" "a" {{
  name               = "{id_}"
  scope              = "/subscriptions/s/resourceGroups/g"
  role_definition_id = "{definition}"
  principal_id       = var.x
  condition_version  = "2.0"
  condition          = <<-EOT
    {condition}
  EOT
}}
"""
        ),
        arm=from_arm(
            {
                "type": "Microsoft.Authorization/roleAssignments",
                "apiVersion": "2022-04-01",
                "name": id_,
                "properties": {
                    "roleDefinitionId": definition,
                    "principalId": "p",
                    "condition": condition,
                    "conditionVersion": "2.0",
                },
            }
        ),
        bicep=from_bicep(
            f"""
resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {{
  name: '{id_}'
  properties: {{
    roleDefinitionId: '{definition}'
    principalId: 'p'
    condition: '{condition.replace("'", chr(92) + "'")}'
    conditionVersion: '2.0'
  }}
}}
"""
        ),
    )


def given(scope: str = _SUBSCRIPTION, role: str = "", principal: str = "var.x", more: str = "") -> str:
    return f"""
resource "azurerm_role_assignment" "a" {{
  scope        = {scope}
  {role or 'role_definition_name = "User Access Administrator"'}
  principal_id = {principal}
  {more}
}}
"""


_UNREAD: dict[str, tuple[str, Any]] = {
    "none": ("", True),
    "an empty one": ('condition = ""', True),
    "from outside": ("condition = var.x", UNKNOWN),
    "with an id from outside": (f'condition = "{giving("$" + "{var.x}")}"', UNKNOWN),
}
together(_BASE + given(more=more) for more, _ in _UNREAD.values())


@pytest.mark.parametrize("name", _UNREAD)
def test_a_condition_that_is_not_known_leaves_it_open(name: str) -> None:
    more, expected = _UNREAD[name]
    assert told(declared(_BASE + given(more=more))["azurerm_role_assignment.a"], "admin") == expected


def role(*parts: str, data: bool = False) -> str:
    word = "data_actions" if data else "actions"
    blocks = "\n".join(f"permissions {{\n {word} = {each}\n }}" for each in parts)
    return f"""
resource "azurerm_role_definition" "r" {{
  name  = "r"
  scope = data.azurerm_subscription.s.id
  {blocks}
}}
"""


_TOGETHER: dict[str, tuple[str, bool]] = {
    "whatever changes, by three rules": (role('["*/write", "*/delete", "*/action"]'), True),
    "in two parts": (role('["*/write", "*/delete"]', '["*/action"]'), True),
    "two of three": (role('["*/write", "*/delete"]'), False),
    "of Microsoft": (role('["Microsoft.*"]'), True),
    "of Microsoft, in two parts": (role('["Microsoft.*/*"]'), True),
    "two stars": (role('["**"]'), True),
    "three": (role('["*/*/*"]'), True),
    "of one service": (role('["Microsoft.Compute/*"]'), False),
    "all reading": (role('["*/read"]'), False),
    "all data, by three rules": (role('["*/write", "*/delete", "*/action"]', data=True), True),
    "reading of all data": (role('["*/read"]', data=True), False),
    "of Microsoft, all of which is taken out": (
        role('["*"]').replace("actions =", 'not_actions = ["Microsoft.*"]\n actions ='),
        False,
    ),
}
together(_BASE + text for text, _ in _TOGETHER.values())


@pytest.mark.parametrize("name", _TOGETHER)
def test_several_rules_allow_everything_together(name: str) -> None:
    text, expected = _TOGETHER[name]
    assert told(declared(_BASE + text)["azurerm_role_definition.r"], "wildcard_actions") is expected


def test_it_is_the_same_in_bicep() -> None:
    [found] = from_bicep("""
targetScope = 'managementGroup'
resource r 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid('r')
  properties: {
    roleName: 'r'
    assignableScopes: [managementGroup().id]
    permissions: [{actions: ['*/write', '*/delete']}, {actions: ['*/action']}]
  }
}
""")
    expected = {"wildcard_actions": True, "admin": True, "escalates": True, "scope": "management_group"}
    assert values(found, expected) == expected


_ASSOCIATED = """
resource "azurerm_management_group_subscription_association" "z" {
  management_group_id = data.azurerm_management_group.m.id
  subscription_id     = data.azurerm_subscription.s.id
}
"""
_SCOPES: dict[str, tuple[str, Any]] = {
    "data.azurerm_subscriptions.all.subscriptions[0].id": ("", "subscription"),
    "azurerm_management_group_subscription_association.z.management_group_id": (
        _ASSOCIATED,
        "management_group",
    ),
    "azurerm_management_group_subscription_association.z.subscription_id": (_ASSOCIATED, "subscription"),
    "azurerm_role_assignment.other.scope": (
        given().replace('"a"', '"other"').replace(_SUBSCRIPTION, "var.x"),
        UNKNOWN,
    ),
    "data.azapi_resource.g.id": (
        'data "azapi_resource" "g" {\n type = "Microsoft.Resources/subscriptions@2022-09-01"\n}\n',
        UNKNOWN,
    ),
}
together(_BASE + more + given(scope) for scope, (more, _) in _SCOPES.items())


@pytest.mark.parametrize("scope", _SCOPES)
def test_a_scope_is_known_by_what_is_asked_of_another_resource(scope: str) -> None:
    more, expected = _SCOPES[scope]
    found = declared(_BASE + more + given(scope))["azurerm_role_assignment.a"]
    assert told(found, "scope") == expected


_INVITED = 'resource "azuread_invitation" "z" {\n user_email_address = "a@b.c"\n redirect_url = "https://x"\n %s\n}\n'
_HOLDERS: dict[str, tuple[str, str, Any]] = {
    "an application": (
        "azuread_service_principal.z.object_id",
        'resource "azuread_service_principal" "z" {\n client_id = "c"\n}\n',
        False,
    ),
    "an application that is looked up": (
        "data.azuread_service_principal.z.object_id",
        'data "azuread_service_principal" "z" {\n display_name = "c"\n}\n',
        False,
    ),
    "somebody of one's own": (
        "azuread_user.z.object_id",
        'resource "azuread_user" "z" {\n user_principal_name = "a@b.c"\n display_name = "a"\n}\n',
        False,
    ),
    "somebody who is looked up": (
        "data.azuread_user.z.object_id",
        'data "azuread_user" "z" {\n user_principal_name = "a@b.c"\n}\n',
        UNKNOWN,
    ),
    "somebody of another tenant": (
        "data.azuread_user.z.object_id",
        'data "azuread_user" "z" {\n user_principal_name = "a_b.c#EXT#@d.onmicrosoft.com"\n}\n',
        True,
    ),
    "somebody who is invited": ("azuread_invitation.z.user_id", _INVITED % "", True),
    "somebody who is invited as a member": (
        "azuread_invitation.z.user_id",
        _INVITED % 'user_type = "Member"',
        UNKNOWN,
    ),
    "somebody who is invited as is not known": (
        "azuread_invitation.z.user_id",
        _INVITED % "user_type = var.x",
        UNKNOWN,
    ),
    "a group": (
        "azuread_group.z.object_id",
        'resource "azuread_group" "z" {\n display_name = "a"\n security_enabled = true\n}\n',
        UNKNOWN,
    ),
    "whoever runs Terraform": ("data.azurerm_client_config.c.object_id", "", UNKNOWN),
}
together(_BASE + more + given(principal=holder) for holder, more, _ in _HOLDERS.values())


@pytest.mark.parametrize("name", _HOLDERS)
def test_who_holds_a_role_is_known_by_what_stands_for_him(name: str) -> None:
    holder, more, expected = _HOLDERS[name]
    found = declared(_BASE + more + given(principal=holder))["azurerm_role_assignment.a"]
    assert told(found, "subjects.guests") == expected


def test_what_may_be_activated_has_conditions_too() -> None:
    [found] = from_terraform(
        _BASE
        + f"""
resource "azurerm_pim_eligible_role_assignment" "a" {{
  scope              = {_SUBSCRIPTION}
  role_definition_id = "${{{_SUBSCRIPTION}}}/providers/Microsoft.Authorization/roleDefinitions/{_ADMINISTRATOR}"
  principal_id       = var.x
  condition          = "{giving(_DATA_READER)}"
}}
"""
    )
    assert values(found, ("admin", "standing", "scope")) == {
        "admin": False,
        "standing": False,
        "scope": "subscription",
    }
