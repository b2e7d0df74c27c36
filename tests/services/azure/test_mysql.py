"""MySQL servers of Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, together, told

SERVER = """
variable "choice" {}
resource "azurerm_mysql_flexible_server" "shop" {
  name = "shop"
  %s
}
resource "azurerm_mysql_flexible_server_configuration" "p" {
  server_name = azurerm_mysql_flexible_server.shop.name
  name        = "%s"
  value       = %s
}
"""
_ADDRESS = "azurerm_mysql_flexible_server.shop"


_PARAMETERS: list[tuple[Any, ...]] = [
    ("tls.required", "require_secure_transport", '"OFF"', False),
    ("tls.required", "sql_mode", '"x"', True),
    ("tls.min_version", "tls_version", '"TLSv1.2,TLSv1.3"', "1.2"),
    ("tls.min_version", "tls_version", '"TLSv1,TLSv1.1,TLSv1.2"', "1.0"),
    ("tls.min_version", "tls_version", "var.choice", UNKNOWN),
    ("audit.events", "audit_log_enabled", '"ON"', ["connections"]),
    ("audit.events", "audit_log_enabled", '"OFF"', []),
    ("audit.events", "audit_log_enabled", "var.choice", UNKNOWN),
]
together(SERVER % ("", parameter, value) for _, parameter, value, _ in _PARAMETERS)


@pytest.mark.parametrize(("setting", "parameter", "value", "expected"), _PARAMETERS)
def test_parameters(setting: str, parameter: str, value: str, expected: object) -> None:
    assert told(declared(SERVER % ("", parameter, value))[_ADDRESS], setting) == expected


@pytest.mark.parametrize(
    ("name", "inside", "value"),
    [
        ("network.public", "", True),
        ("network.public", 'public_network_access = "Disabled"', False),
        ("network.public", 'delegated_subnet_id = "/subscriptions/s/subnet"', False),
        ("backup.retention_days", "", 7),
        ("backup.retention_days", "backup_retention_days = 1", 1),
        ("backup.cross_region", "geo_redundant_backup_enabled = true", True),
        ("ha.multi_zone", 'high_availability { mode = "ZoneRedundant" }', True),
    ],
)
def test_attributes(name: str, inside: str, value: object) -> None:
    assert told(declared(SERVER % (inside, "sql_mode", '"x"'))[_ADDRESS], name) == value


def test_an_administrator_of_the_directory() -> None:
    beside = """
resource "azurerm_mysql_flexible_server_active_directory_administrator" "a" {
  server_id = azurerm_mysql_flexible_server.shop.id
  login     = "admins"
}
"""
    assert told(declared(SERVER % ("", "sql_mode", '"x"') + beside)[_ADDRESS], "auth.iam") is True
