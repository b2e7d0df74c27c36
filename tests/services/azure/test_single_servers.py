"""The retired single servers of Azure Database, which older code still declares."""

from __future__ import annotations

import pytest

from tests.parity import NOT_APPLICABLE
from tests.services.azure.declared import declared, told

SERVER = """
resource "azurerm_%(engine)s_server" "old" {
  name                         = "old"
  administrator_login_password = "hunter2"
  %(inside)s
}
resource "azurerm_%(engine)s_firewall_rule" "azure" {
  name             = "azure"
  server_name      = azurerm_%(engine)s_server.old.name
  start_ip_address = "0.0.0.0"
  end_ip_address   = "0.0.0.0"
}
"""
_ENGINES = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb"}


@pytest.mark.parametrize("engine", _ENGINES)
def test_three_engines_with_the_same_attributes(engine: str) -> None:
    inside = """
  ssl_enforcement_enabled          = true
  ssl_minimal_tls_version_enforced = "TLS1_1"
  geo_redundant_backup_enabled     = true
"""
    assets = declared(SERVER % {"engine": engine, "inside": inside})
    assert list(assets) == [f"azurerm_{engine}_server.old"]
    expected = {
        "engine": _ENGINES[engine],
        "tls.required": True,
        "tls.min_version": "1.1",
        "backup.retention_days": 7,
        "backup.cross_region": True,
        "network.public": True,
        "network.allowed_sources": ["AzureServices"],
        "ha.multi_zone": False,
        "inline_secrets": True,
    }
    assert told(assets[f"azurerm_{engine}_server.old"], *expected) == expected


def test_no_minimum_at_all() -> None:
    inside = 'ssl_minimal_tls_version_enforced = "TLSEnforcementDisabled"'
    server = declared(SERVER % {"engine": "postgresql", "inside": inside})["azurerm_postgresql_server.old"]
    assert told(server, "tls.min_version") == "1.0"


def test_a_replica_leaves_copies_to_its_source() -> None:
    server = declared(SERVER % {"engine": "mysql", "inside": 'create_mode = "Replica"'})[
        "azurerm_mysql_server.old"
    ]
    assert told(server, "backup.cross_region") == NOT_APPLICABLE


def test_a_key_of_the_customers() -> None:
    beside = """
resource "azurerm_postgresql_server_key" "own" {
  server_id        = azurerm_postgresql_server.old.id
  key_vault_key_id = "https://kv/keys/k/1"
}
"""
    text = SERVER % {"engine": "postgresql", "inside": ""} + beside
    assert told(declared(text)["azurerm_postgresql_server.old"], "encryption.customer_managed_key") is True


def test_words_of_azurerm_2() -> None:
    inside = """
  ssl_enforcement = "Enabled"
  storage_profile {
    backup_retention_days = 21
    geo_redundant_backup  = "Enabled"
  }
"""
    server = declared(SERVER % {"engine": "mysql", "inside": inside})["azurerm_mysql_server.old"]
    expected = {"tls.required": True, "backup.retention_days": 21, "backup.cross_region": True}
    assert told(server, *expected) == expected
