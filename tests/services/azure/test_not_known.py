"""What is not known neither passes nor makes a setting not applicable, where another value of it would fail."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, together, told

_VARIABLE = 'variable "x" {}\n'
_NETWORK = """
resource "azurerm_virtual_network" "n" {
  name                = "n"
  resource_group_name = "rg"
}
resource "azurerm_network_security_group" "g" {
  name                = "g"
  resource_group_name = "rg"
}
resource "azurerm_subnet" "s" {
  name                 = "s"
  virtual_network_name = azurerm_virtual_network.n.name
}
resource "azurerm_subnet_network_security_group_association" "s" {
  subnet_id                 = azurerm_subnet.s.id
  network_security_group_id = azurerm_network_security_group.g.id
}
resource "azurerm_network_watcher_flow_log" "g" {
  network_security_group_id = azurerm_network_security_group.g.id
  enabled                   = %s
}
"""
_OTHER_SUBNET = """
resource "azurerm_subnet" "other" {
  name                 = "other"
  virtual_network_name = var.x
}
"""
_MYSQL = 'resource "azurerm_mysql_flexible_server" "m" {\n name = "m"\n %s\n}\n'
_CLUSTER = 'resource "azurerm_kubernetes_cluster" "k" {\n name = "k"\n %s\n}\n'
_DATABASE = """
resource "azurerm_mssql_database" "d" {
  name      = "d"
  server_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/sql"
  %s
}
"""
_POLICY = 'resource "azurerm_mssql_database_extended_auditing_policy" "p" {\n database_id = var.x\n}\n'
_KEY = 'resource "azurerm_key_vault_key" "k" {\n name = "k"\n key_vault_id = %s\n}\n'
_VAULT_ID = '"/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv"'
_STORAGE = 'resource "azurerm_storage_account" "a" {\n name = "a"\n %s\n}\n'
_DENIED = 'network_rules { default_action = "Deny" }'
_ALLOWED = 'network_rules { default_action = "Allow" }'
_LOCKED_GROUP = """
resource "azurerm_resource_group" "g" {
  name = "rg"
}
resource "azurerm_management_lock" "g" {
  name       = "keep"
  scope      = azurerm_resource_group.g.id
  lock_level = "CanNotDelete"
}
"""

_CASES: list[tuple[str, str, str, Any]] = [
    # address, setting, text, value
    ("azurerm_virtual_network.n", "flow_logs", _NETWORK % "true", True),
    ("azurerm_virtual_network.n", "flow_logs", _NETWORK % "false", False),
    ("azurerm_virtual_network.n", "flow_logs", _NETWORK % "var.x", UNKNOWN),
    ("azurerm_virtual_network.n", "flow_logs", _NETWORK % "true" + _OTHER_SUBNET, UNKNOWN),
    ("azurerm_mysql_flexible_server.m", "network.public", _MYSQL % "delegated_subnet_id = var.x", UNKNOWN),
    ("azurerm_mysql_flexible_server.m", "network.public", _MYSQL % 'delegated_subnet_id = "/s"', False),
    (
        "azurerm_mysql_flexible_server.m",
        "network.allowed_sources",
        _MYSQL % 'public_network_access = "Disabled"',
        NOT_APPLICABLE,
    ),
    ("azurerm_mssql_database.d", "audit.events", _DATABASE % "", NOT_APPLICABLE),
    ("azurerm_mssql_database.d", "audit.events", _DATABASE % "" + _POLICY, UNKNOWN),
    (
        "azurerm_mssql_database.d",
        "encryption.customer_managed_key",
        _DATABASE % "transparent_data_encryption_key_vault_key_id = var.x",
        UNKNOWN,
    ),
    ("azurerm_key_vault_key.k", "deletion_window_days", _KEY % _VAULT_ID, UNKNOWN),
    ("azurerm_key_vault_key.k", "deletion_window_days", _KEY % "var.x", UNKNOWN),
    ("azurerm_storage_account.a", "network.allowed_sources", _STORAGE % _DENIED, []),
    (
        "azurerm_storage_account.a",
        "network.allowed_sources",
        _STORAGE % f"public_network_access_enabled = var.x\n {_ALLOWED}",
        UNKNOWN,
    ),
    (
        "azurerm_storage_account.a",
        "versioning",
        _STORAGE % "account_kind = var.x\n blob_properties { versioning_enabled = false }",
        UNKNOWN,
    ),
    (
        "azurerm_kubernetes_cluster.k",
        "deletion_protection",
        _LOCKED_GROUP + _CLUSTER % "resource_group_name = var.x",
        UNKNOWN,
    ),
    ("azurerm_kubernetes_cluster.k", "deletion_protection", _CLUSTER % "resource_group_name = var.x", False),
]
together(_VARIABLE + text for _, _, text, _ in _CASES)


@pytest.mark.parametrize(("address", "name", "text", "value"), _CASES)
def test_what_is_told(address: str, name: str, text: str, value: object) -> None:
    assert told(declared(_VARIABLE + text)[address], name) == value
