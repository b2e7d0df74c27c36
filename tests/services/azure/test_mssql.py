"""Azure SQL servers and databases, each judged for what it holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, together, told

SERVER = """
resource "azurerm_mssql_server" "sql" {
  name = "sql"
  %s
}
resource "azurerm_mssql_database" "ledger" {
  name      = "ledger"
  server_id = azurerm_mssql_server.sql.id
  %s
}
"""
_SERVER, _DATABASE = "azurerm_mssql_server.sql", "azurerm_mssql_database.ledger"


_SERVERS: list[tuple[Any, ...]] = [
    ("network.public", "", True),
    ("network.public", "public_network_access_enabled = false", False),
    ("tls.required", "", True),
    ("tls.min_version", "", "1.2"),
    ("tls.min_version", 'minimum_tls_version = "Disabled"', "1.0"),
    ("auth.iam", "", False),
    ("auth.iam", 'azuread_administrator { login_username = "admins" }', True),
    ("inline_secrets", 'administrator_login_password = "hunter2"', True),
    ("encryption.customer_managed_key", "", False),
    (
        "encryption.customer_managed_key",
        'transparent_data_encryption_key_vault_key_id = "https://k"',
        True,
    ),
    ("backup.retention_days", "", NOT_APPLICABLE),
]
together(SERVER % (inside, "") for _, inside, _ in _SERVERS)


@pytest.mark.parametrize(("name", "inside", "value"), _SERVERS)
def test_what_a_server_holds(name: str, inside: str, value: object) -> None:
    assert told(declared(SERVER % (inside, ""))[_SERVER], name) == value


_DATABASES: list[tuple[Any, ...]] = [
    ("encryption.at_rest", "", True),
    ("encryption.at_rest", "transparent_data_encryption_enabled = false", False),
    ("backup.retention_days", "", 7),
    ("backup.retention_days", "short_term_retention_policy { retention_days = 35 }", 35),
    ("backup.cross_region", "", True),
    ("backup.cross_region", 'storage_account_type = "Zone"', False),
    ("ha.multi_zone", "zone_redundant = true", True),
    ("encryption.customer_managed_key", "", False),
    ("encryption.customer_managed_key", 'transparent_data_encryption_key_vault_key_id = "https://k"', True),
    ("network.public", "", NOT_APPLICABLE),
    ("tls.required", "", NOT_APPLICABLE),
]
together(SERVER % ("", inside) for _, inside, _ in _DATABASES)


@pytest.mark.parametrize(("name", "inside", "value"), _DATABASES)
def test_what_a_database_holds(name: str, inside: str, value: object) -> None:
    assert told(declared(SERVER % ("", inside))[_DATABASE], name) == value


@pytest.mark.parametrize(
    ("enabled", "audited"), [("", True), ("enabled = true", True), ("enabled = false", False)]
)
def test_an_auditing_policy(enabled: str, audited: bool) -> None:
    beside = f"""
resource "azurerm_mssql_server_extended_auditing_policy" "p" {{
  server_id = azurerm_mssql_server.sql.id
  {enabled}
}}
"""
    server = declared(SERVER % ("", "") + beside)[_SERVER]
    assert told(server, "audit.events") == (["connections", "statements"] if audited else [])


def test_the_rule_for_all_of_azure() -> None:
    beside = """
resource "azurerm_mssql_firewall_rule" "azure" {
  name             = "azure"
  server_id        = azurerm_mssql_server.sql.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
"""
    server = declared(SERVER % ("", "") + beside)[_SERVER]
    assert told(server, "network.allowed_sources") == ["AzureServices"]


def test_a_database_with_an_auditing_policy_of_its_own() -> None:
    beside = """
resource "azurerm_mssql_database_extended_auditing_policy" "p" {
  database_id = azurerm_mssql_database.ledger.id
  enabled     = false
}
"""
    assert told(declared(SERVER % ("", "") + beside)[_DATABASE], "audit.events") == []
    assert told(declared(SERVER % ("", ""))[_DATABASE], "audit.events") == NOT_APPLICABLE


def test_the_key_of_a_server_holds_for_its_databases() -> None:
    protector = """
resource "azurerm_mssql_server_transparent_data_encryption" "sql" {
  server_id        = azurerm_mssql_server.sql.id
  key_vault_key_id = azurerm_key_vault_key.sql.id
}
"""
    name = "encryption.customer_managed_key"
    assert told(declared(SERVER % ("", "") + protector)[_DATABASE], name) is True
    assert (
        told(declared(SERVER % ('transparent_data_encryption_key_vault_key_id = "k"', ""))[_DATABASE], name)
        is True
    )
    alone = 'resource "azurerm_mssql_database" "ledger" {\n  name = "ledger"\n  server_id = var.server\n}\n'
    assert told(declared(alone + 'variable "server" {}\n')[_DATABASE], name) == UNKNOWN
