"""Addresses that a scale set gives to its machines, and Bastion, which is no way in: the same in every spelling."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, told
from tests.services.azure.pairs import resource
from tests.services.azure.store_blocks import Piece, id_, live, template, terraform
from tests.services.azure.test_routes_and_rules import Rule, around, group

_N = "Microsoft.Network"
_SUBNETS = f"{_N}/virtualNetworks/subnets"
_AROUND = [around()[0], group("nsg", Rule(100))]


def _fleet(*, guarded: bool = True, address: bool = True, sku: str = "") -> Piece:
    group_ = "network_security_group_id = azurerm_network_security_group.nsg.id" if guarded else ""
    own = 'public_ip_address {\n      name = "own"\n    }' if address else ""
    text = f"""
resource "azurerm_linux_virtual_machine_scale_set" "f" {{
  name = "f"
  network_interface {{
    name    = "nic"
    primary = true
    {group_}
    ip_configuration {{
      name      = "c"
      primary   = true
      subnet_id = azurerm_subnet.s.id
      {own}
    }}
  }}
}}
"""
    properties: dict[str, Any] = {"subnet": id_(_SUBNETS, "n", "s")}
    if address:
        properties["publicIPAddressConfiguration"] = {
            "name": "own",
            "properties": {},
            **({"sku": {"name": sku}} if sku else {}),
        }
    interface: dict[str, Any] = {
        "primary": True,
        "ipConfigurations": [{"name": "c", "properties": properties}],
    }
    if guarded:
        interface["networkSecurityGroup"] = id_(f"{_N}/networkSecurityGroups", "nsg")
    network = {"networkInterfaceConfigurations": [{"name": "nic", "properties": interface}]}
    made = resource(
        "Microsoft.Compute/virtualMachineScaleSets",
        "f",
        properties={"virtualMachineProfile": {"networkProfile": network}},
    )
    return Piece(text, (made,))


_BASTION = Piece(
    """
resource "azurerm_bastion_host" "b" {
  name = "b"
  ip_configuration {
    name                 = "c"
    subnet_id            = azurerm_subnet.front.id
    public_ip_address_id = azurerm_public_ip.p.id
  }
}
""",
    (
        resource(
            f"{_N}/bastionHosts",
            "b",
            properties={
                "ipConfigurations": [
                    {
                        "name": "c",
                        "properties": {
                            "subnet": id_(_SUBNETS, "n", "AzureFirewallSubnet"),
                            "publicIPAddress": id_(f"{_N}/publicIPAddresses", "p"),
                        },
                    }
                ]
            },
        ),
    ),
)
_PORTS = "network.reachable_ports"
CASES: dict[str, tuple[Any, list[Piece]]] = {
    "addresses behind a group": (["22"], [*_AROUND, _fleet()]),
    "addresses without a group": (UNKNOWN, [*_AROUND, _fleet(guarded=False)]),
    "no addresses": ([], [*_AROUND, _fleet(address=False)]),
    "no addresses, and Bastion": ([], [*_AROUND, _fleet(address=False), _BASTION]),
}
"""azurerm does not say of which kind the addresses are that a scale set gives."""


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    expected, pieces = CASES[name]
    found = declared(terraform(pieces))["azurerm_linux_virtual_machine_scale_set.f"]
    assert told(found, _PORTS) == expected


def _machines(found: list[Any]) -> Any:
    return next(told(each, _PORTS) for each in found if each.kind == "instance" and each.name == "f")


@pytest.mark.parametrize("name", CASES)
def test_in_templates_and_live(name: str) -> None:
    expected, pieces = CASES[name]
    resources = template(pieces)
    assert _machines(from_arm(*resources)) == expected
    assert _machines(from_bicep(Spelled(resources).text)) == expected
    assert _machines(live(resources)) == expected


@pytest.mark.parametrize(("sku", "expected"), [("Standard", []), ("Basic", ["all", "udp all"])])
def test_the_kind_of_the_addresses_says_what_they_let_in_without_a_group(
    sku: str, expected: list[str]
) -> None:
    resources = template([*_AROUND, _fleet(guarded=False, sku=sku)])
    assert _machines(from_arm(*resources)) == expected
    assert _machines(live(resources)) == expected
