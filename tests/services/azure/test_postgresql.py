"""PostgreSQL servers of Azure, with the parameters, rules, settings and locks that stand beside them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, line, together, told

SERVER = """
resource "azurerm_postgresql_flexible_server" "orders" {
  name                = "orders"
  resource_group_name = "rg-orders"
  %s
}
"""
_ADDRESS = "azurerm_postgresql_flexible_server.orders"


def _told(name: str, inside: str = "", beside: str = "") -> object:
    return told(declared(SERVER % inside + beside)[_ADDRESS], name)


def test_what_a_bare_server_is_by_default() -> None:
    server = declared(SERVER % "")[_ADDRESS]
    expected = {
        "engine": "postgres",
        "encryption.at_rest": True,
        "encryption.customer_managed_key": False,
        "network.public": True,
        "network.allowed_sources": [],
        "backup.retention_days": 7,
        "backup.cross_region": False,
        "tls.required": True,
        "tls.min_version": "1.2",
        "audit.events": ["connections"],
        "ha.multi_zone": False,
        "auth.iam": False,
        "inline_secrets": False,
        "deletion_protection": False,
    }
    assert told(server, *expected) == expected


_ATTRIBUTES: list[tuple[Any, ...]] = [
    ("backup.retention_days", "backup_retention_days = 35", 35),
    ("backup.cross_region", "geo_redundant_backup_enabled = true", True),
    ("network.public", "public_network_access_enabled = false", False),
    ("network.public", 'delegated_subnet_id = "/subscriptions/s/subnet"', False),
    ("network.allowed_sources", "public_network_access_enabled = false", NOT_APPLICABLE),
    ("ha.multi_zone", 'high_availability { mode = "ZoneRedundant" }', True),
    ("ha.multi_zone", 'high_availability { mode = "SameZone" }', False),
    ("auth.iam", "authentication { active_directory_auth_enabled = true }", True),
    ("encryption.customer_managed_key", "customer_managed_key { key_vault_key_id = data.x.y.id }", True),
    ("inline_secrets", 'administrator_password = "hunter2"', True),
    ("inline_secrets", "administrator_password = random_password.p.result", False),
]
together(SERVER % inside for _, inside, _ in _ATTRIBUTES)


@pytest.mark.parametrize(("name", "inside", "value"), _ATTRIBUTES)
def test_attributes_of_the_server(name: str, inside: str, value: object) -> None:
    assert _told(name, inside) == value


def _parameter(name: str, value: str) -> str:
    return f"""
resource "azurerm_postgresql_flexible_server_configuration" "p" {{
  name      = "{name}"
  server_id = azurerm_postgresql_flexible_server.orders.id
  value     = {value}
}}
"""


@pytest.mark.parametrize(
    ("setting", "parameter", "value", "expected"),
    [
        ("tls.required", "require_secure_transport", '"OFF"', False),
        ("tls.min_version", "ssl_min_protocol_version", '"TLSv1.3"', "1.3"),
        ("audit.events", "log_statement", '"mod"', ["connections", "statements"]),
        ("audit.events", "pgaudit.log", '"ddl,write"', ["connections", "statements"]),
        ("audit.events", "pgaudit.log", '"none"', ["connections"]),
        ("audit.events", "log_statement", "var.log", UNKNOWN),
        ("tls.required", "require_secure_transport", "var.tls", UNKNOWN),
        ("tls.required", "work_mem", '"4096"', True),
    ],
)
def test_a_parameter_is_a_resource_of_its_own(
    setting: str, parameter: str, value: str, expected: object
) -> None:
    variables = 'variable "tls" {}\nvariable "log" {}\n'
    assert _told(setting, beside=variables + _parameter(parameter, value)) == expected


def test_a_parameter_of_another_server_does_not_count() -> None:
    other = SERVER.replace('"orders"', '"other"') % ""
    parameter = _parameter("require_secure_transport", '"off"').replace("server.orders", "server.other")
    assert _told("tls.required", beside=other + parameter) is True


def test_a_parameter_whose_server_is_not_known_leaves_it_open() -> None:
    beside = 'variable "server" {}\n' + _parameter("require_secure_transport", '"off"').replace(
        "azurerm_postgresql_flexible_server.orders.id", "var.server"
    )
    assert _told("tls.required", beside=beside) == UNKNOWN


def _rule(first: str, last: str) -> str:
    return f"""
resource "azurerm_postgresql_flexible_server_firewall_rule" "r" {{
  name             = "r"
  server_id        = azurerm_postgresql_flexible_server.orders.id
  start_ip_address = {first}
  end_ip_address   = {last}
}}
"""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ('"198.51.100.16"', '"198.51.100.31"', ["198.51.100.16/28"]),
        ('"0.0.0.0"', '"255.255.255.255"', ["0.0.0.0/0"]),
        ('"0.0.0.0"', '"0.0.0.0"', ["AzureServices"]),
        ("var.first", '"198.51.100.31"', UNKNOWN),
        ('"not an address"', '"198.51.100.31"', UNKNOWN),
    ],
)
def test_firewall_rules_as_sources(first: str, last: str, expected: object) -> None:
    assert _told("network.allowed_sources", beside='variable "first" {}\n' + _rule(first, last)) == expected


def test_the_finding_stands_at_the_widest_rule() -> None:
    narrow = _rule('"198.51.100.16"', '"198.51.100.31"').replace('"r" {', '"narrow" {')
    text = SERVER % "" + narrow + _rule('"0.0.0.0"', '"0.0.0.0"').replace('"r" {', '"wide" {')
    found = line(declared(text)[_ADDRESS], "network.allowed_sources")
    assert '"wide" {' in text.splitlines()[found - 1]


def _lock(scope: str) -> str:
    return f"""
resource "azurerm_resource_group" "rg" {{
  name     = "rg-orders"
  location = "westeurope"
}}
resource "azurerm_resource_group" "other" {{
  name     = "rg-other"
  location = "westeurope"
}}
data "azurerm_subscription" "current" {{}}
variable "scope" {{}}
resource "azurerm_management_lock" "lock" {{
  name       = "keep"
  lock_level = "CanNotDelete"
  scope      = {scope}
}}
"""


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("azurerm_postgresql_flexible_server.orders.id", True),
        ("azurerm_resource_group.rg.id", True),
        ("data.azurerm_subscription.current.id", True),
        ("azurerm_resource_group.other.id", False),
        ("var.scope", UNKNOWN),
    ],
)
def test_a_lock_protects_from_deletion(scope: str, expected: object) -> None:
    assert _told("deletion_protection", beside=_lock(scope)) == expected


def test_the_line_of_a_parameter_is_told() -> None:
    text = SERVER % "" + _parameter("require_secure_transport", '"off"')
    found = line(declared(text)[_ADDRESS], "tls.required")
    assert text.splitlines()[found - 1].strip() == 'value     = "off"'


def test_a_replica_leaves_copies_and_standby_to_its_source() -> None:
    names = ("backup.cross_region", "ha.multi_zone")
    server = declared(SERVER % 'create_mode = "Replica"')[_ADDRESS]
    assert told(server, *names) == dict.fromkeys(names, NOT_APPLICABLE)
