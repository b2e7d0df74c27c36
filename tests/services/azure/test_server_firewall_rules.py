"""Firewall rules of servers that are declared elsewhere."""

from __future__ import annotations

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, told

RULE = """
variable "first" {}
resource "azurerm_postgresql_flexible_server_firewall_rule" "r" {
  name             = "r"
  server_id        = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/orders"
  start_ip_address = %s
  end_ip_address   = %s
}
"""
_ADDRESS = "azurerm_postgresql_flexible_server_firewall_rule.r"


@pytest.mark.parametrize(
    ("first", "last", "opens"),
    [
        ('"0.0.0.0"', '"255.255.255.255"', True),
        ('"198.51.100.1"', '"198.51.100.9"', False),
        ("var.first", '"198.51.100.9"', UNKNOWN),
    ],
)
def test_whether_it_opens_the_database_to_the_internet(first: str, last: str, opens: object) -> None:
    rule = declared(RULE % (first, last))[_ADDRESS]
    assert told(rule, "rule.opens_data_port") == opens
    assert told(rule, "rule.ports") == ["5432"]


def test_beside_its_server_it_is_judged_there() -> None:
    text = """
resource "azurerm_mssql_server" "sql" {
  name = "sql"
}
resource "azurerm_mssql_firewall_rule" "r" {
  name             = "r"
  server_id        = azurerm_mssql_server.sql.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}
resource "azurerm_mysql_flexible_server" "shop" {
  name = "shop"
}
resource "azurerm_mysql_flexible_server_firewall_rule" "r" {
  name             = "r"
  server_name      = azurerm_mysql_flexible_server.shop.name
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}
"""
    assets = declared(text)
    assert sorted(assets) == ["azurerm_mssql_server.sql", "azurerm_mysql_flexible_server.shop"]
    assert told(assets["azurerm_mssql_server.sql"], "network.allowed_sources") == ["0.0.0.0/0"]
