"""Security groups made at random, against a reference that tries packets one by one: where from, and to which port.

The reference knows of two kinds of places on the internet, halves of all addresses. What gets in from either reaches
the machine. The same rules are read in Terraform and in a template.
"""

from __future__ import annotations

import ipaddress
import random
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from tests.parity import from_arm
from tests.services.azure.declared import declared, pinned, together, told
from tests.services.azure.pairs import resource

CASES = 400
_IN_ARM = range(0, CASES, 8)
_FROM = ("8.8.8.8", "200.1.1.1")
"""Who tries: one in each half of the addresses."""
_TRIED = (22, 25, 80, 443, 3389, 8080)
_OWN = "10.0.1.4"
_MEMBER_OF = "fronts"

_SOURCES = (
    *("*", "Internet", "0.0.0.0/0", "Any"),
    *("0.0.0.0/1", "128.0.0.0/1"),
    *("203.0.113.0/24", "10.0.0.0/8", "VirtualNetwork", "AzureLoadBalancer", "AzureCloud"),
    *("asg:fronts", "asg:stores"),
)
_DESTINATIONS = (
    *("*", "VirtualNetwork", "0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "10.0.1.4", "10.0.1.4/32"),
    *("10.0.1.5", "10.0.2.0/24", "Internet", "asg:fronts", "asg:stores"),
)
_PORTS = ("22", "80", "443", "3389", "20-30", "1-1000", "1000-65535", "*", "0-65535", "8080")


class Rule(NamedTuple):
    """A rule as somebody writes it."""

    priority: int
    allows: bool
    inbound: bool
    protocol: str
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    ports: tuple[str, ...]
    apart: bool
    """Whether it is a resource of its own."""


class Case(NamedTuple):
    """The rules of a subnet's group and of an interface's, None for no group; and whether the machine is a member."""

    outer: tuple[Rule, ...] | None
    inner: tuple[Rule, ...] | None
    member: bool


def _chosen(dice: random.Random, among: tuple[str, ...]) -> tuple[str, ...]:
    first = dice.choice(among)
    if first.startswith("asg:") or first in ("*", "Any", "Internet", "VirtualNetwork", "AzureCloud"):
        return (first,)
    plain = [each for each in among if each[:1].isdigit()]
    return tuple(dict.fromkeys((first, *dice.sample(plain, dice.choice((0, 0, 0, 1, 2))))))


def _rules(dice: random.Random) -> tuple[Rule, ...]:
    count = dice.choice((0, 1, 2, 3, 4, 6, 9))
    priorities = dice.sample(range(100, 4097), count)
    return tuple(
        Rule(
            priority,
            dice.random() < 0.55,
            dice.random() < 0.9,
            dice.choice(("Tcp", "Tcp", "Udp", "*", "*", "Icmp")),
            _chosen(dice, _SOURCES),
            _chosen(dice, _DESTINATIONS if dice.random() < 0.5 else ("*",)),
            tuple(dict.fromkeys(dice.choices(_PORTS, k=dice.choice((1, 1, 2, 3))))),
            dice.random() < 0.3,
        )
        for priority in priorities
    )


@cache
def case(seed: int) -> Case:
    dice = random.Random(seed)  # noqa: S311 - nothing is secret here
    outer = _rules(dice) if dice.random() < 0.75 else None
    inner = _rules(dice) if dice.random() < 0.75 else None
    return Case(outer, inner, dice.random() < 0.5)


def _holds(written: str, address: str) -> bool:
    """Whether what stands for addresses holds one of the internet."""
    word = written.lower()
    if word in ("*", "any", "internet"):
        return True
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(written)
    except ValueError:
        return False


def _is_own(written: str, *, member: bool) -> bool:
    """Whether what stands for addresses holds the machine."""
    if written.startswith("asg:"):
        return member and written == f"asg:{_MEMBER_OF}"
    if written.lower() in ("*", "any", "virtualnetwork"):
        return True
    try:
        return ipaddress.ip_address(_OWN) in ipaddress.ip_network(written)
    except ValueError:
        return False


def _has(written: str, port: int) -> bool:
    first, _, last = ("0-65535" if written == "*" else written).partition("-")
    return int(first) <= port <= int(last or first)


def passes(rules: tuple[Rule, ...], address: str, protocol: str, port: int, *, member: bool) -> bool:
    """Return whether a packet from the internet gets through a group: the first rule that is about it decides."""
    for rule in sorted(rules):
        if (
            rule.inbound
            and rule.protocol.lower() in ("*", protocol)
            and any(_holds(each, address) for each in rule.sources)
            and any(_is_own(each, member=member) for each in rule.destinations)
            and any(_has(each, port) for each in rule.ports)
        ):
            return rule.allows
    return False


def reached(of: Case) -> set[str]:
    """Return what of the ports that are tried gets to the machine; without any group a Standard address is closed."""
    groups = [each for each in (of.outer, of.inner) if each is not None]
    return {
        f"{protocol} {port}"
        for protocol in ("tcp", "udp")
        for port in _TRIED
        for address in _FROM
        if groups and all(passes(each, address, protocol, port, member=of.member) for each in groups)
    }


def shown(ports: Any) -> set[str]:
    """Return what of the ports that are tried is among those that are told: 22, 20-30, all, udp 53."""
    found = set()
    for each in ports:
        protocol, _, text = each.rpartition(" ")
        for port in _TRIED:
            if _has("*" if text == "all" else text, port):
                found.add(f"{protocol or 'tcp'} {port}")
    return found


_MACHINE = """
resource "azurerm_virtual_network" "n" {
  name                = "n"
  resource_group_name = "rg"
}
resource "azurerm_subnet" "s" {
  name                 = "s"
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.1.0/24"]
}
resource "azurerm_application_security_group" "fronts" {
  name                = "fronts"
  resource_group_name = "rg"
}
resource "azurerm_application_security_group" "stores" {
  name                = "stores"
  resource_group_name = "rg"
}
resource "azurerm_public_ip" "p" {
  name                = "p"
  resource_group_name = "rg"
  sku                 = "Standard"
}
resource "azurerm_network_interface" "i" {
  name                = "i"
  resource_group_name = "rg"
  ip_configuration {
    name                          = "c"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Static"
    private_ip_address            = "10.0.1.4"
    public_ip_address_id          = azurerm_public_ip.p.id
  }
}
resource "azurerm_linux_virtual_machine" "m" {
  name                  = "m"
  resource_group_name   = "rg"
  network_interface_ids = [azurerm_network_interface.i.id]
}
"""
_JOINS = {
    "outer": """
resource "azurerm_subnet_network_security_group_association" "s" {
  subnet_id                 = azurerm_subnet.s.id
  network_security_group_id = azurerm_network_security_group.outer.id
}
""",
    "inner": """
resource "azurerm_network_interface_security_group_association" "i" {
  network_interface_id      = azurerm_network_interface.i.id
  network_security_group_id = azurerm_network_security_group.inner.id
}
""",
    "member": """
resource "azurerm_network_interface_application_security_group_association" "i" {
  network_interface_id          = azurerm_network_interface.i.id
  application_security_group_id = azurerm_application_security_group.fronts.id
}
""",
}


def _listed(stem: str, values: tuple[str, ...], one: str, several: str) -> str:
    if values[0].startswith("asg:"):
        name = values[0].removeprefix("asg:")
        return f"{stem}_application_security_group_ids = [azurerm_application_security_group.{name}.id]"
    if len(values) == 1:
        return f'{one} = "{values[0]}"'
    return f"{several} = [{', '.join(chr(34) + each + chr(34) for each in values)}]"


def _block(rule: Rule) -> str:
    return f"""
    name = "r{rule.priority}"
    priority = {rule.priority}
    direction = "{"Inbound" if rule.inbound else "Outbound"}"
    access = "{"Allow" if rule.allows else "Deny"}"
    protocol = "{rule.protocol}"
    source_port_range = "*"
    {_listed("source", rule.sources, "source_address_prefix", "source_address_prefixes")}
    {_listed("destination", rule.destinations, "destination_address_prefix", "destination_address_prefixes")}
    {_listed("", rule.ports, "destination_port_range", "destination_port_ranges")}
"""


def _group(name: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    inside = "".join(f"  security_rule {{{_block(each)}  }}\n" for each in rules if not each.apart)
    yield f"""
resource "azurerm_network_security_group" "{name}" {{
  name                = "{name}"
  resource_group_name = "rg"
{inside}}}
"""
    for each in rules:
        if each.apart:
            yield f"""
resource "azurerm_network_security_rule" "{name}{each.priority}" {{
  resource_group_name = "rg"
  network_security_group_name = azurerm_network_security_group.{name}.name
{_block(each)}}}
"""


def in_terraform(of: Case) -> str:
    parts = [pinned("~> 4.0"), _MACHINE, _JOINS["member"] if of.member else ""]
    for name, rules in (("outer", of.outer), ("inner", of.inner)):
        if rules is not None:
            parts += [_JOINS[name], *_group(name, rules)]
    return "".join(parts)


together(in_terraform(case(seed)) for seed in range(CASES))


@pytest.mark.parametrize("seed", range(CASES))
def test_a_machine_is_reached_as_packets_say(seed: int) -> None:
    of = case(seed)
    found = told(declared(in_terraform(of))["azurerm_linux_virtual_machine.m"], "network.reachable_ports")
    assert shown(found) == reached(of), of


def _id(type_: str, *names: str) -> dict[str, str]:
    return {"id": f"[resourceId('{type_}', {', '.join(chr(39) + each + chr(39) for each in names)})]"}


_ASG = "Microsoft.Network/applicationSecurityGroups"
_NSG = "Microsoft.Network/networkSecurityGroups"


def _in_arm(stem: str, values: tuple[str, ...]) -> dict[str, Any]:
    if values[0].startswith("asg:"):
        return {f"{stem}ApplicationSecurityGroups": [_id(_ASG, values[0].removeprefix("asg:"))]}
    return {f"{stem}AddressPrefix": values[0]} if len(values) == 1 else {f"{stem}AddressPrefixes": values}


def _properties(rule: Rule) -> dict[str, Any]:
    one = len(rule.ports) == 1
    return {
        "priority": rule.priority,
        "direction": "Inbound" if rule.inbound else "Outbound",
        "access": "Allow" if rule.allows else "Deny",
        "protocol": rule.protocol,
        "sourcePortRange": "*",
        **_in_arm("source", rule.sources),
        **_in_arm("destination", rule.destinations),
        **({"destinationPortRange": rule.ports[0]} if one else {"destinationPortRanges": rule.ports}),
    }


def in_template(of: Case) -> list[dict[str, Any]]:
    found = [resource(_ASG, name) for name in ("fronts", "stores")]
    for name, rules in (("outer", of.outer), ("inner", of.inner)):
        if rules is None:
            continue
        inside = [
            {"name": f"r{each.priority}", "properties": _properties(each)} for each in rules if not each.apart
        ]
        found.append(resource(_NSG, name, properties={"securityRules": inside}))
        found += [
            resource(f"{_NSG}/securityRules", f"{name}/r{each.priority}", properties=_properties(each))
            for each in rules
            if each.apart
        ]
    subnet = {"addressPrefix": "10.0.1.0/24"}
    outer = {} if of.outer is None else {"networkSecurityGroup": _id(_NSG, "outer")}
    inner = {} if of.inner is None else {"networkSecurityGroup": _id(_NSG, "inner")}
    member = {"applicationSecurityGroups": [_id(_ASG, "fronts")]} if of.member else {}
    own = {
        "subnet": _id("Microsoft.Network/virtualNetworks/subnets", "n", "s"),
        "privateIPAllocationMethod": "Static",
        "privateIPAddress": _OWN,
        "publicIPAddress": _id("Microsoft.Network/publicIPAddresses", "p"),
        **member,
    }
    return [
        *found,
        resource(
            "Microsoft.Network/virtualNetworks",
            "n",
            properties={"subnets": [{"name": "s", "properties": {**subnet, **outer}}]},
        ),
        resource("Microsoft.Network/publicIPAddresses", "p", sku={"name": "Standard"}, properties={}),
        resource(
            "Microsoft.Network/networkInterfaces",
            "i",
            properties={"ipConfigurations": [{"name": "c", "properties": own}], **inner},
        ),
        resource(
            "Microsoft.Compute/virtualMachines",
            "m",
            properties={
                "networkProfile": {"networkInterfaces": [_id("Microsoft.Network/networkInterfaces", "i")]}
            },
        ),
    ]


@pytest.mark.parametrize("seed", _IN_ARM)
def test_it_is_reached_as_packets_say_in_a_template(seed: int) -> None:
    of = case(seed)
    machine = next(each for each in from_arm(*in_template(of)) if each.kind == "instance")
    assert shown(told(machine, "network.reachable_ports")) == reached(of), of
