"""Who may do what in Azure, and how far."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, together, told

AROUND = """
variable "choice" {}
data "azurerm_subscription" "current" {}
data "azurerm_client_config" "me" {}
data "azurerm_management_group" "corp" {
  name = "corp"
}
resource "azurerm_resource_group" "app" {
  name     = "rg-app"
  location = "westeurope"
}
resource "azurerm_storage_account" "orders" {
  name                = "orders"
  resource_group_name = azurerm_resource_group.app.name
}
resource "azurerm_role_definition" "all" {
  name  = "all"
  scope = data.azurerm_subscription.current.id
  permissions {
    actions     = ["*"]
    not_actions = ["Microsoft.Authorization/*"]
  }
}
resource "azurerm_role_definition" "some" {
  name  = "some"
  scope = data.azurerm_subscription.current.id
  permissions {
    actions = ["Microsoft.Compute/virtualMachines/read"]
  }
}
data "azurerm_role_definition" "reader" {
  name = "Reader"
}
resource "azurerm_role_assignment" "a" {
  scope        = %s
  %s
  principal_id = "11111111-1111-1111-1111-111111111111"
}
"""
_READER = 'role_definition_name = "Reader"'
_SUBSCRIPTION = "data.azurerm_subscription.current.id"
_ROLES = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions"


_SCOPES: list[tuple[Any, ...]] = [
    (_SUBSCRIPTION, "subscription"),
    ('"/subscriptions/11111111-1111-1111-1111-111111111111"', "subscription"),
    ('"/subscriptions/${data.azurerm_client_config.me.subscription_id}"', "subscription"),
    ("azurerm_resource_group.app.id", "resource_group"),
    ('"/subscriptions/s/resourceGroups/rg-app"', "resource_group"),
    ("azurerm_storage_account.orders.id", "resource"),
    ('"/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/x"', "resource"),
    ("data.azurerm_management_group.corp.id", "management_group"),
    ('"/providers/Microsoft.Management/managementGroups/corp"', "management_group"),
    ("var.choice", UNKNOWN),
    ('"nonsense"', UNKNOWN),
]
together(AROUND % (scope, _READER) for scope, _ in _SCOPES)


@pytest.mark.parametrize(("scope", "expected"), _SCOPES)
def test_how_far_an_assignment_reaches(scope: str, expected: object) -> None:
    assert told(declared(AROUND % (scope, _READER))["azurerm_role_assignment.a"], "scope") == expected


_ROLE_WORDS: list[tuple[Any, ...]] = [
    ('role_definition_name = "Owner"', True),
    ('role_definition_name = "contributor"', True),
    ('role_definition_name = "User Access Administrator"', True),
    ('role_definition_name = "Role Based Access Control Administrator"', True),
    (_READER, False),
    ('role_definition_name = "Storage Blob Data Owner"', False),
    ("role_definition_name = var.choice", UNKNOWN),
    (f'role_definition_id = "{_ROLES}/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"', True),
    (f'role_definition_id = "{_ROLES}/acdd72a7-3385-48ef-bd42-f606fba81ae7"', False),
    (f'role_definition_id = "{_ROLES}/00000000-3385-48ef-bd42-f606fba81ae7"', UNKNOWN),
    ("role_definition_id = azurerm_role_definition.all.role_definition_resource_id", True),
    ("role_definition_id = azurerm_role_definition.some.role_definition_resource_id", False),
    ("role_definition_id = data.azurerm_role_definition.reader.id", False),
]
together(AROUND % (_SUBSCRIPTION, role) for role, _ in _ROLE_WORDS)


@pytest.mark.parametrize(("role", "admin"), _ROLE_WORDS)
def test_whether_an_assignment_makes_an_administrator(role: str, admin: object) -> None:
    assert told(declared(AROUND % (_SUBSCRIPTION, role))["azurerm_role_assignment.a"], "admin") == admin


@pytest.mark.parametrize(
    ("actions", "wildcard"),
    [
        ('actions = ["*"]', True),
        ('data_actions = ["*"]', True),
        ('actions = ["Microsoft.Storage/storageAccounts/read"]', False),
        ('actions = ["Microsoft.Storage/storageAccounts/read", var.choice]', UNKNOWN),
        ("actions = var.choice", UNKNOWN),
        ('actions = [var.choice, "*"]', True),
        ("", False),
    ],
)
def test_whether_a_role_allows_every_action(actions: str, wildcard: object) -> None:
    role = declared(f"""
variable "choice" {{}}
resource "azurerm_role_definition" "r" {{
  name  = "r"
  scope = "/subscriptions/s"
  permissions {{
    {actions}
  }}
}}
""")["azurerm_role_definition.r"]
    assert told(role, "wildcard_actions") == wildcard
