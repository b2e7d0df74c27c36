"""Networks and subnets of Azure, with their security groups and flow logs."""

from __future__ import annotations

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, told

NETWORK = """
variable "target" {}
resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg-hub"
  %s
}
resource "azurerm_subnet" "app" {
  name                 = "app"
  resource_group_name  = "rg-hub"
  virtual_network_name = azurerm_virtual_network.hub.name
}
resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  resource_group_name = "rg-hub"
}
"""
LINK = """
resource "azurerm_subnet_network_security_group_association" "app" {
  subnet_id                 = %s
  network_security_group_id = azurerm_network_security_group.app.id
}
"""
FLOWS = """
resource "azurerm_network_watcher_flow_log" "flows" {
  name    = "flows"
  enabled = %s
  %s
  retention_policy {
    enabled = %s
    days    = %s
  }
}
"""
_HUB = "azurerm_virtual_network.hub"


@pytest.mark.parametrize(
    ("subnet", "expected"),
    [("azurerm_subnet.app.id", True), ('"/subscriptions/s/other"', False), ("var.target", UNKNOWN)],
)
def test_a_subnet_has_the_group_that_is_associated_with_it(subnet: str, expected: object) -> None:
    assets = declared(NETWORK % "" + LINK % subnet)
    assert told(assets["azurerm_subnet.app"], "network_security_group") == expected


@pytest.mark.parametrize("name", ["GatewaySubnet", "AzureFirewallSubnet", "RouteServerSubnet"])
def test_subnets_that_take_no_group_are_left_out(name: str) -> None:
    assets = declared(
        (NETWORK % "").replace('"app"\n  resource_group_name  =', f'"{name}"\n  resource_group_name  =')
    )
    assert told(assets["azurerm_subnet.app"], "network_security_group") == NOT_APPLICABLE


def test_subnets_inside_a_network() -> None:
    inside = """
  subnet {
    name           = "guarded"
    security_group = azurerm_network_security_group.app.id
  }
  subnet {
    name = "open"
  }
"""
    assets = declared(NETWORK % inside)
    assert told(assets[f"{_HUB}#subnet[0]"], "network_security_group") is True
    assert told(assets[f"{_HUB}#subnet[1]"], "network_security_group") is False


@pytest.mark.parametrize(
    ("enabled", "target", "retention", "days", "recorded", "kept"),
    [
        ("true", f"target_resource_id = {_HUB}.id", "true", "90", True, 90),
        ("true", f"target_resource_id = {_HUB}.id", "true", "0", True, 36_500),
        ("true", f"target_resource_id = {_HUB}.id", "false", "7", True, 36_500),
        ("false", f"target_resource_id = {_HUB}.id", "true", "90", False, 90),
        ("true", 'target_resource_id = "/subscriptions/s/other"', "true", "90", False, 0),
        ("true", "target_resource_id = var.target", "true", "90", UNKNOWN, UNKNOWN),
    ],
)
def test_flow_logs_of_a_network(
    enabled: str, target: str, retention: str, days: str, recorded: object, kept: object
) -> None:
    network = declared(NETWORK % "" + FLOWS % (enabled, target, retention, days))[_HUB]
    assert told(network, "flow_logs", "flow_logs.retention_days") == {
        "flow_logs": recorded,
        "flow_logs.retention_days": kept,
    }


def test_a_network_is_recorded_when_the_groups_of_all_its_subnets_are() -> None:
    flows = FLOWS % (
        "true",
        "network_security_group_id = azurerm_network_security_group.app.id",
        "true",
        "30",
    )
    assert told(declared(NETWORK % "" + LINK % "azurerm_subnet.app.id" + flows)[_HUB], "flow_logs") is True
    another = """
resource "azurerm_subnet" "unrecorded" {
  name                 = "unrecorded"
  resource_group_name  = "rg-hub"
  virtual_network_name = azurerm_virtual_network.hub.name
}
"""
    text = NETWORK % "" + LINK % "azurerm_subnet.app.id" + flows + another
    assert told(declared(text)[_HUB], "flow_logs") is False


@pytest.mark.parametrize(
    ("plan", "expected"), [("", False), ("ddos_protection_plan { enable = true }", True)]
)
def test_a_plan_against_floods(plan: str, expected: bool) -> None:
    assert told(declared(NETWORK % plan)[_HUB], "ddos_protection") is expected
