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


OLDER = """
resource "azurerm_sql_server" "sql" {
  name    = "Sql"
  version = "12.0"
  administrator_login_password = "hunter2"
  %s
}
resource "azurerm_sql_database" "ledger" {
  name        = "ledger"
  server_name = azurerm_sql_server.sql.name
}
"""
_OLDER_SERVER, _OLDER_DATABASE = "azurerm_sql_server.sql", "azurerm_sql_database.ledger"
_BEFORE_4: list[tuple[Any, ...]] = [
    ("network.public", "", True),
    ("tls.min_version", "", "1.2"),
    ("version", "", "12.0"),
    ("inline_secrets", "", True),
    ("auth.iam", "", False),
    ("logs.enabled", "", False),
    ("logs.enabled", "extended_auditing_policy { retention_in_days = 6 }", True),
    ("audit.retention_days", 'extended_auditing_policy { storage_endpoint = "https://s" }', 36_500),
    (
        "audit.retention_days",
        'extended_auditing_policy {\n storage_endpoint = "https://s"\n retention_in_days = 6\n }',
        6,
    ),
    ("audit.retention_days", "extended_auditing_policy { retention_in_days = 6 }", NOT_APPLICABLE),
    ("threat_detection", "", False),
    ("threat_detection", 'threat_detection_policy { state = "Enabled" }', True),
    ("threat_detection", 'threat_detection_policy { state = "Disabled" }', False),
    ("threat_detection", "threat_detection_policy { state = var.state }", UNKNOWN),
]
_STATE = 'variable "state" {}\n'
together(_STATE + OLDER % inside for _, inside, _ in _BEFORE_4)


@pytest.mark.parametrize(("name", "inside", "value"), _BEFORE_4)
def test_a_server_as_azurerm_had_it_before_4(name: str, inside: str, value: object) -> None:
    assert told(declared(_STATE + OLDER % inside)[_OLDER_SERVER], name) == value


def test_a_database_as_azurerm_had_it_before_4_is_the_same_thing() -> None:
    older, newer = declared(OLDER % "")[_OLDER_DATABASE], declared(SERVER % ("", ""))[_DATABASE]
    names = sorted(set(newer.settings) - {"tags"})
    assert told(older, *names) == told(newer, *names)
    assert older.key == newer.key == "azure:microsoft.sql/servers/databases/sql/ledger"
    apart = 'resource "azurerm_sql_database" "ledger" {\n  name = "ledger"\n  server_name = "sql"\n}\n'
    assert declared(apart)[_OLDER_DATABASE].key == newer.key


def test_what_belongs_to_a_server_of_before_4() -> None:
    beside = """
resource "azurerm_sql_firewall_rule" "azure" {
  name             = "azure"
  server_name      = azurerm_sql_server.sql.name
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
resource "azurerm_sql_active_directory_administrator" "admins" {
  server_name = azurerm_sql_server.sql.name
  object_id   = "0f7e5a8c-0000-0000-0000-000000000000"
}
resource "azurerm_mssql_server_transparent_data_encryption" "sql" {
  server_id        = azurerm_sql_server.sql.id
  key_vault_key_id = "https://vault/keys/sql"
}
"""
    found = declared(OLDER % "" + beside)
    assert told(found[_OLDER_SERVER], "network.allowed_sources") == ["AzureServices"]
    assert told(found[_OLDER_SERVER], "auth.iam") is True
    assert told(found[_OLDER_DATABASE], "encryption.customer_managed_key") is True
    assert not [each for each in found.values() if each.kind == "firewall_rule"]


def test_a_managed_instance_as_azurerm_had_it_before_4() -> None:
    text = """
resource "azurerm_sql_managed_instance" "sql" {
  name                         = "sql"
  resource_group_name          = "rg"
  minimum_tls_version          = "1.0"
  public_data_endpoint_enabled = true
}
resource "azurerm_sql_managed_database" "ledger" {
  name                    = "ledger"
  sql_managed_instance_id = azurerm_sql_managed_instance.sql.id
}
resource "azurerm_sql_managed_instance_active_directory_administrator" "admins" {
  managed_instance_name = azurerm_sql_managed_instance.sql.name
  resource_group_name   = "rg"
  object_id             = "0f7e5a8c-0000-0000-0000-000000000000"
}
"""
    found = declared(text)
    expected = {"network.public": True, "tls.min_version": "1.0", "auth.iam": True}
    assert told(found["azurerm_sql_managed_instance.sql"], *expected) == expected
    database = found["azurerm_sql_managed_database.ledger"]
    assert told(database, "backup.retention_days") == 7
    assert database.key == "azure:microsoft.sql/managedinstances/databases/rg/sql/ledger"


@pytest.mark.parametrize("type_", ["azurerm_mssql_server", "azurerm_mssql_database"])
def test_an_auditing_policy_inside_as_azurerm_2_had_it(type_: str) -> None:
    address = f"{type_}.sql"
    text = f'resource "{type_}" "sql" {{\n  name = "sql"\n  %s\n}}\n'
    inside = text % 'extended_auditing_policy { storage_endpoint = "https://s" }'
    assert told(declared(inside)[address], "audit.events") == ["connections", "statements"]
    emptied = told(declared(text % "extended_auditing_policy = []")[address], "audit.events")
    assert emptied == told(declared(text % "")[address], "audit.events")
