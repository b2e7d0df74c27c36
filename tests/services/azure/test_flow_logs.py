"""Which networks flow logs record: by the network, subnet by subnet, or by security groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_arm
from tests.services.azure.declared import declared, pinned, together, told

_NETWORK = """
variable "x" {}
resource "azurerm_virtual_network" "n" {
  name                = "n"
  resource_group_name = "rg"
}
resource "azurerm_subnet" "a" {
  name                 = "a"
  virtual_network_name = azurerm_virtual_network.n.name
}
resource "azurerm_subnet" "b" {
  name                 = "b"
  virtual_network_name = azurerm_virtual_network.n.name
}
resource "azurerm_network_security_group" "g" {
  name = "g"
}
"""


def log(name: str, target: str, enabled: str = "true", more: str = "") -> str:
    return f"""
resource "azurerm_network_watcher_flow_log" "{name}" {{
  name               = "{name}"
  target_resource_id = {target}
  enabled            = {enabled}
  {more}
}}
"""


def bound(subnet: str) -> str:
    return f"""
resource "azurerm_subnet_network_security_group_association" "{subnet}" {{
  subnet_id                 = azurerm_subnet.{subnet}.id
  network_security_group_id = azurerm_network_security_group.g.id
}}
"""


_N, _A, _B, _G = (
    "azurerm_virtual_network.n.id",
    "azurerm_subnet.a.id",
    "azurerm_subnet.b.id",
    "azurerm_network_security_group.g.id",
)
_ID = (
    '"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg'
    '/providers/Microsoft.Network/virtualNetworks/n"'
)
_CASES: dict[str, tuple[str, Any]] = {
    "none": ("", False),
    "of the network": (log("l", _N), True),
    "of the network by its id": (log("l", _ID), True),
    "of another network": (log("l", _ID.replace("Networks/n", "Networks/m")), False),
    "switched off": (log("l", _N, "false"), False),
    "of which it is not known": (log("l", _N, "var.x"), UNKNOWN),
    "of what is not known": (log("l", "var.x"), UNKNOWN),
    "that may not be there": (log("l", _N, more="count = var.x ? 1 : 0"), UNKNOWN),
    "of each subnet": (log("l", _A) + log("m", _B), True),
    "of one subnet": (log("l", _A), False),
    "of each subnet, one switched off": (log("l", _A) + log("m", _B, "false"), False),
    "of each subnet, one not known": (log("l", _A) + log("m", _B, "var.x"), UNKNOWN),
    "of the group of both": (log("l", _G) + bound("a") + bound("b"), True),
    "of the group of one": (log("l", _G) + bound("a"), False),
    "of the group of one and of the other subnet": (log("l", _G) + bound("a") + log("m", _B), True),
    "of a group that is not bound": (log("l", _G), False),
    "of a subnet, switched off, whose group is recorded": (
        log("l", _G) + bound("a") + bound("b") + log("m", _A, "false"),
        True,
    ),
}
_BASE = pinned("~> 4.0") + _NETWORK
together(_BASE + text for text, _ in _CASES.values())


@pytest.mark.parametrize("name", _CASES)
def test_a_network_is_recorded(name: str) -> None:
    text, expected = _CASES[name]
    assert told(declared(_BASE + text)["azurerm_virtual_network.n"], "flow_logs") == expected


def test_a_log_of_a_subnet_inside_its_network_is_found_by_its_id() -> None:
    network = {
        "type": "Microsoft.Network/virtualNetworks",
        "apiVersion": "2024-05-01",
        "name": "n",
        "properties": {"subnets": [{"name": "a", "properties": {}}]},
    }
    recorded = {
        "type": "Microsoft.Network/networkWatchers/flowLogs",
        "apiVersion": "2024-05-01",
        "name": "w/l",
        "properties": {
            "targetResourceId": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 'a')]",
            "enabled": True,
        },
    }
    for resources, expected in (([network, recorded], True), ([network], False)):
        found = next(each for each in from_arm(*resources) if each.kind == "network")
        assert told(found, "flow_logs") is expected
