"""Machines of a scale set that a pool of NAT rules of a balancer leads to, in Terraform, in a template and in Bicep."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, pinned, together, told
from tests.services.azure.pairs import resource

_N = "Microsoft.Network/"
_PORTS = "network.reachable_ports"
_WAY = (
    "the internet > public address p > rule np of load balancer lb > interface n, allowed by rule r of g: 22"
)


class Case(NamedTuple):
    """The ports that are reached; the port of the machines, whether the set is in the pool, and the group's rule."""

    expected: list[str]
    port: int = 22
    member: bool = True
    outside: bool = True
    opened: str = "22"
    """"" for no group."""
    access: str = "Allow"
    source: str = "*"


CASES = {
    "a shell": Case(["22"]),
    "a desktop": Case(["3389"], port=3389, opened="*"),
    "no group": Case([], opened=""),
    "a group that lets in the port in front": Case([], opened="50000-50099"),
    "a group that denies it": Case([], access="Deny"),
    "a group that lets in an office": Case([], source="203.0.113.0/24"),
    "a set that is not in the pool": Case([], member=False, opened="*"),
    "a balancer inside": Case([], outside=False, opened="*"),
}


def in_terraform(case: Case) -> str:
    frontend = (
        "public_ip_address_id = azurerm_public_ip.p.id"
        if case.outside
        else 'subnet_id = azurerm_subnet.s.id\n private_ip_address = "10.0.0.9"'
    )
    group = f"""
resource "azurerm_network_security_group" "g" {{
  name = "g"
  security_rule {{
    name = "r"
    priority = 100
    direction = "Inbound"
    access = "{case.access}"
    protocol = "*"
    source_address_prefix = "{case.source}"
    source_port_range = "*"
    destination_address_prefix = "*"
    destination_port_range = "{case.opened}"
  }}
}}
"""
    return f"""
{pinned("~> 4.0")}
resource "azurerm_virtual_network" "n" {{
  name = "n"
}}
resource "azurerm_subnet" "s" {{
  name                 = "s"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.0.0/24"]
}}
resource "azurerm_public_ip" "p" {{
  name = "p"
  sku  = "Standard"
}}
resource "azurerm_lb" "lb" {{
  name = "lb"
  sku  = "Standard"
  frontend_ip_configuration {{
    name = "f"
    {frontend}
  }}
}}
resource "azurerm_lb_nat_pool" "np" {{
  name                           = "np"
  loadbalancer_id                = azurerm_lb.lb.id
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50099
  backend_port                   = {case.port}
  frontend_ip_configuration_name = "f"
}}
{group if case.opened else ""}
resource "azurerm_linux_virtual_machine_scale_set" "v" {{
  name = "v"
  network_interface {{
    name    = "n"
    primary = true
    {"network_security_group_id = azurerm_network_security_group.g.id" if case.opened else ""}
    ip_configuration {{
      name      = "c"
      primary   = true
      subnet_id = azurerm_subnet.s.id
      {"load_balancer_inbound_nat_rules_ids = [azurerm_lb_nat_pool.np.id]" if case.member else ""}
    }}
  }}
}}
"""


together(in_terraform(each) for each in CASES.values())


def _id(type_: str, *names: str) -> dict[str, str]:
    quoted = ", ".join(f"'{each}'" for each in (f"{_N}{type_}", *names))
    return {"id": f"[resourceId({quoted})]"}


def in_template(case: Case) -> list[dict[str, Any]]:
    subnet = _id("virtualNetworks/subnets", "n", "s")
    inside = {"subnet": subnet, "privateIPAddress": "10.0.0.9"}
    frontend = {"publicIPAddress": _id("publicIPAddresses", "p")} if case.outside else inside
    pool = {
        "frontendIPConfiguration": _id("loadBalancers/frontendIPConfigurations", "lb", "f"),
        "protocol": "Tcp",
        "frontendPortRangeStart": 50000,
        "frontendPortRangeEnd": 50099,
        "backendPort": case.port,
    }
    rule = {
        "priority": 100,
        "direction": "Inbound",
        "access": case.access,
        "protocol": "*",
        "sourceAddressPrefix": case.source,
        "sourcePortRange": "*",
        "destinationAddressPrefix": "*",
        "destinationPortRange": case.opened,
    }
    member = {"loadBalancerInboundNatPools": [_id("loadBalancers/inboundNatPools", "lb", "np")]}
    address = {"name": "c", "properties": {"subnet": subnet, **(member if case.member else {})}}
    guarded = {"networkSecurityGroup": _id("networkSecurityGroups", "g")} if case.opened else {}
    interface = {"name": "n", "properties": {"primary": True, "ipConfigurations": [address], **guarded}}
    return [
        resource(
            f"{_N}virtualNetworks",
            "n",
            properties={"subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}]},
        ),
        resource(f"{_N}publicIPAddresses", "p", sku={"name": "Standard"}, properties={}),
        resource(
            f"{_N}networkSecurityGroups",
            "g",
            properties={"securityRules": [{"name": "r", "properties": rule}]},
        ),
        resource(
            f"{_N}loadBalancers",
            "lb",
            sku={"name": "Standard"},
            properties={
                "frontendIPConfigurations": [{"name": "f", "properties": frontend}],
                "inboundNatPools": [{"name": "np", "properties": pool}],
            },
        ),
        resource(
            "Microsoft.Compute/virtualMachineScaleSets",
            "v",
            properties={
                "virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [interface]}}
            },
        ),
    ]


@pytest.mark.parametrize("name", CASES)
def test_which_ports_of_its_machines_are_reached(name: str) -> None:
    case = CASES[name]
    resources = in_template(case)
    code = list(declared(in_terraform(case)).values())
    for found in (code, from_arm(*resources), from_bicep(Spelled(resources).text)):
        [machine] = [each for each in found if each.kind == "instance"]
        assert told(machine, _PORTS) == case.expected
        if case == CASES["a shell"]:
            assert told(machine, "network.reachable_by") == [_WAY]
