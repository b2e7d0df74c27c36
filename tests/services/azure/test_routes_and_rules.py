"""What routes and security groups leave of a public address: the same in Terraform, ARM, Bicep and live."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, together, told
from tests.services.azure.pairs import PIN, resource
from tests.services.azure.store_blocks import Piece, firewall, id_, live, template, terraform

_N = "Microsoft.Network"
_SUBNETS = f"{_N}/virtualNetworks/subnets"
_UNKNOWN = ("var.x", "[parameters('x')]")


class Rule(NamedTuple):
    """A rule of a security group."""

    priority: int
    access: str = "Allow"
    source: Any = "*"
    port: Any = "22"
    protocol: str = "Tcp"
    to: Any = "*"
    direction: str = "Inbound"
    from_port: str = "*"


class Case(NamedTuple):
    """The ports that the internet reaches, and what stands around the machine."""

    expected: Any
    pieces: list[Piece]


_MEMBERS = {
    "source": "source_address_prefix",
    "port": "destination_port_range",
    "to": "destination_address_prefix",
}
_PROPERTIES = {
    "source": "sourceAddressPrefix",
    "port": "destinationPortRange",
    "to": "destinationAddressPrefix",
}


def _rule(rule: Rule) -> tuple[str, dict[str, Any]]:
    lines: list[str] = []
    properties: dict[str, Any] = {}
    for word in ("source", "port", "to"):
        value = getattr(rule, word)
        name, other = _MEMBERS[word], _PROPERTIES[word]
        if word == "to" and value == "group":
            lines.append(
                "destination_application_security_group_ids = [azurerm_application_security_group.asg.id]"
            )
            group = id_(f"{_N}/applicationSecurityGroups", "asg")
            properties["destinationApplicationSecurityGroups"] = [group]
        elif value is _UNKNOWN:
            lines.append(f"{name} = {_UNKNOWN[0]}")
            properties[other] = _UNKNOWN[1]
        elif isinstance(value, list):
            listed = ", ".join(f'"{each}"' for each in value)
            lines.append(f"{name}{'es' if name.endswith('x') else 's'} = [{listed}]")
            properties[f"{other}{'es' if other.endswith('x') else 's'}"] = value
        else:
            lines.append(f'{name} = "{value}"')
            properties[other] = value
    inside = "\n    ".join(lines)
    text = f"""
  security_rule {{
    name              = "r{rule.priority}"
    priority          = {rule.priority}
    direction         = "{rule.direction}"
    access            = "{rule.access}"
    protocol          = "{rule.protocol}"
    source_port_range = "{rule.from_port}"
    {inside}
  }}"""
    properties |= {
        "priority": rule.priority,
        "direction": rule.direction,
        "access": rule.access,
        "protocol": rule.protocol,
        "sourcePortRange": rule.from_port,
    }
    return text, {"name": f"r{rule.priority}", "properties": properties}


def group(name: str, *rules: Rule) -> Piece:
    """Return a security group with `rules`."""
    written = [_rule(each) for each in rules]
    text = f'resource "azurerm_network_security_group" "{name}" {{\n  name = "{name}"'
    made = resource(
        f"{_N}/networkSecurityGroups", name, properties={"securityRules": [each[1] for each in written]}
    )
    return Piece(f"{text}{''.join(each[0] for each in written)}\n}}\n", (made,))


def _linked(kind: str, name: str, what: str) -> str:
    return f"""
resource "azurerm_subnet_{kind}_association" "s" {{
  subnet_id = azurerm_subnet.s.id
  {name}_id = azurerm_{name}.{what}.id
}}
"""


def around(
    *rules: Rule, routes: Piece | None = None, outer: tuple[Rule, ...] | None = None, **subnet: Any
) -> list[Piece]:
    """Return a machine with a public address behind `rules` of its interface, and `routes` and rules of its subnet.

    `subnet` are further settings of the subnet, by their names in a template.
    """
    properties: dict[str, Any] = {"addressPrefix": "10.0.1.0/24"}
    text, links = "", ""
    if routes is not None:
        properties["routeTable"] = id_(f"{_N}/routeTables", "rt")
        links += _linked("route_table", "route_table", "rt")
    if outer is not None:
        properties["networkSecurityGroup"] = id_(f"{_N}/networkSecurityGroups", "outer")
        links += _linked("network_security_group", "network_security_group", "outer")
    if "defaultOutboundAccess" in subnet:
        properties["defaultOutboundAccess"] = subnet["defaultOutboundAccess"]
        text = f"default_outbound_access_enabled = {str(subnet['defaultOutboundAccess']).lower()}"
    network = Piece(
        f"""{PIN}
variable "x" {{}}
resource "azurerm_virtual_network" "n" {{
  name = "n"
}}
resource "azurerm_subnet" "s" {{
  name                 = "s"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.1.0/24"]
  {text}
}}
resource "azurerm_subnet" "front" {{
  name                 = "AzureFirewallSubnet"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.2.0/24"]
}}
resource "azurerm_public_ip" "p" {{
  name = "p"
  sku  = "Standard"
}}
resource "azurerm_application_security_group" "asg" {{
  name = "asg"
}}
{links}""",
        (
            resource(
                f"{_N}/virtualNetworks",
                "n",
                properties={
                    "subnets": [
                        {"name": "s", "properties": properties},
                        {"name": "AzureFirewallSubnet", "properties": {"addressPrefix": "10.0.2.0/24"}},
                    ]
                },
            ),
            resource(f"{_N}/publicIPAddresses", "p", sku={"name": "Standard"}, properties={}),
            resource(f"{_N}/applicationSecurityGroups", "asg", properties={}),
        ),
    )
    pieces = [network, _MACHINE, group("nsg", *(rules or (Rule(100),)))]
    pieces += [routes] if routes is not None else []
    pieces += [group("outer", *outer)] if outer is not None else []
    return pieces


_MACHINE = Piece(
    """
resource "azurerm_network_interface" "i" {
  name = "i"
  ip_configuration {
    name                          = "c"
    subnet_id                     = azurerm_subnet.s.id
    public_ip_address_id          = azurerm_public_ip.p.id
    private_ip_address_allocation = "Static"
    private_ip_address            = "10.0.1.4"
  }
}
resource "azurerm_network_interface_security_group_association" "i" {
  network_interface_id      = azurerm_network_interface.i.id
  network_security_group_id = azurerm_network_security_group.nsg.id
}
resource "azurerm_linux_virtual_machine" "m" {
  name                  = "m"
  network_interface_ids = [azurerm_network_interface.i.id]
}
""",
    (
        resource(
            f"{_N}/networkInterfaces",
            "i",
            properties={
                "networkSecurityGroup": id_(f"{_N}/networkSecurityGroups", "nsg"),
                "ipConfigurations": [
                    {
                        "name": "c",
                        "properties": {
                            "subnet": id_(_SUBNETS, "n", "s"),
                            "publicIPAddress": id_(f"{_N}/publicIPAddresses", "p"),
                            "privateIPAllocationMethod": "Static",
                            "privateIPAddress": "10.0.1.4",
                        },
                    }
                ],
            },
        ),
        resource(
            "Microsoft.Compute/virtualMachines",
            "m",
            properties={"networkProfile": {"networkInterfaces": [id_(f"{_N}/networkInterfaces", "i")]}},
        ),
    ),
)
_IN_GROUP = (
    'resource "azurerm_linux_virtual_machine"',
    """resource "azurerm_network_interface_application_security_group_association" "i" {
  network_interface_id          = azurerm_network_interface.i.id
  application_security_group_id = azurerm_application_security_group.asg.id
}
resource "azurerm_linux_virtual_machine\"""",
    '"privateIPAllocationMethod"',
    (
        f'"applicationSecurityGroups": [{{"id": "{id_(f"{_N}/applicationSecurityGroups", "asg")["id"]}"}}], '
        '"privateIPAllocationMethod"'
    ),
)


def table(*routes: tuple[Any, ...], alone: bool = False) -> Piece:
    """Return a route table: routes are range, next hop and its address; `alone` as resources of their own."""
    inside, beside, made, apart = [], [], [], []
    for number, (prefix, hop, *next_) in enumerate(routes):
        unknown = prefix is _UNKNOWN
        lines = [
            f'name = "r{number}"',
            f"address_prefix = {_UNKNOWN[0]}" if unknown else f'address_prefix = "{prefix}"',
            f'next_hop_type = "{hop}"',
            *(f'next_hop_in_ip_address = "{each}"' for each in next_),
        ]
        properties = {"addressPrefix": _UNKNOWN[1] if unknown else prefix, "nextHopType": hop}
        if next_:
            properties["nextHopIpAddress"] = next_[0]
        body = "\n    ".join(lines)
        if alone:
            beside.append(
                f'resource "azurerm_route" "r{number}" {{\n    {body}\n'
                "    route_table_name = azurerm_route_table.rt.name\n}\n"
            )
            apart.append(resource(f"{_N}/routeTables/routes", f"rt/r{number}", properties=properties))
        else:
            inside.append(f"  route {{\n    {body}\n  }}\n")
            made.append({"name": f"r{number}", "properties": properties})
    text = f'resource "azurerm_route_table" "rt" {{\n  name = "rt"\n{"".join(inside)}}}\n{"".join(beside)}'
    whole = resource(f"{_N}/routeTables", "rt", properties={"routes": made} if made else {})
    return Piece(text, (whole, *apart))


def _routed(
    expected: Any, *routes: tuple[Any, ...], rules: tuple[Rule, ...] = (), alone: bool = False
) -> Case:
    return Case(expected, around(*rules, routes=table(*routes, alone=alone)))


_ALL = "0.0.0.0/0"
_ONE = (Rule(100), Rule(200, "Deny", port="*", protocol="*"))
"""SSH and nothing else, not from the network either."""
_FIREWALL = "10.0.2.4"
CASES: dict[str, Case] = {
    # routes
    "no routes": Case(["22"], around()),
    "a table without a route": _routed(["22"]),
    "everything to the internet": _routed(["22"], (_ALL, "Internet")),
    "everything is dropped": _routed([], (_ALL, "None")),
    "everything is dropped, by a route of its own": _routed([], (_ALL, "None"), alone=True),
    "everything to a firewall": _routed([], (_ALL, "VirtualAppliance", _FIREWALL), rules=_ONE),
    "everything to a firewall, and UDP needs no answer": _routed(
        UNKNOWN, (_ALL, "VirtualAppliance", _FIREWALL)
    ),
    "everything to somebody's appliance": _routed(UNKNOWN, (_ALL, "VirtualAppliance", "10.0.9.4")),
    "everything to a gateway": _routed(UNKNOWN, (_ALL, "VirtualNetworkGateway")),
    "everything is dropped, but for half of the internet": _routed(
        ["22"], (_ALL, "None"), ("0.0.0.0/1", "Internet")
    ),
    "everything is dropped, but for one network": _routed([], (_ALL, "None"), ("203.0.113.0/24", "Internet")),
    "half of the internet is dropped": _routed(["22"], ("0.0.0.0/1", "None")),
    "both halves are dropped": _routed([], ("0.0.0.0/1", "None"), ("128.0.0.0/1", "None")),
    "both halves, one to a firewall": _routed(
        [], ("0.0.0.0/1", "None"), ("128.0.0.0/1", "VirtualAppliance", _FIREWALL), rules=_ONE
    ),
    "what is inside is dropped": _routed(["22"], ("10.0.0.0/8", "None")),
    "what is inside goes to a firewall": _routed(["22"], ("10.0.0.0/8", "VirtualAppliance", _FIREWALL)),
    "a service goes to the internet, all else is dropped": _routed(
        [], (_ALL, "None"), ("AzureCloud", "Internet")
    ),
    "IPv6 is dropped": _routed(["22"], ("::/0", "None")),
    "a range that is not known is dropped": _routed(UNKNOWN, (_UNKNOWN, "None")),
    "UDP needs no answer": _routed(["udp 53"], (_ALL, "None"), rules=(Rule(100, port="53", protocol="Udp"),)),
    "what a firewall passes on is answered": Case(
        ["22"],
        [
            *around(
                Rule(100, source="10.0.2.0/24"),
                Rule(200, "Deny", port="*", protocol="*"),
                routes=table((_ALL, "VirtualAppliance", _FIREWALL)),
            ),
            firewall(('"10.0.1.4"', "10.0.1.4"), port=22).with_(("", "", "'front'", "'AzureFirewallSubnet'")),
        ],
    ),
    "no address is lent to the subnet": Case(["22"], around(defaultOutboundAccess=False)),
    "an address is lent to the subnet": Case(["22"], around(defaultOutboundAccess=True)),
    "the network is let in": Case([], around(Rule(100, source="VirtualNetwork"))),
    "the network is let in, and a route leads inside for the internet": _routed(
        UNKNOWN,
        (_ALL, "VirtualAppliance", _FIREWALL),
        rules=(
            Rule(100, source="VirtualNetwork", port="53", protocol="Udp"),
            Rule(200, "Deny", port="*", protocol="*"),
        ),
    ),
    "the network is let in, and everything goes to the internet": _routed(
        [], (_ALL, "Internet"), rules=(Rule(100, source="VirtualNetwork"),)
    ),
    "the network is let in, and everything is dropped": _routed(
        [], (_ALL, "None"), rules=(Rule(100, source="VirtualNetwork"),)
    ),
    # who is let in
    "the internet": Case(["22"], around(Rule(100, source="Internet"))),
    "the internet in capitals": Case(["22"], around(Rule(100, source="INTERNET", protocol="TCP"))),
    "balancers": Case([], around(Rule(100, source="AzureLoadBalancer", port="*"))),
    "Front Door": Case([], around(Rule(100, source="AzureFrontDoor.Backend"))),
    "Storage of a region": Case([], around(Rule(100, source="Storage.WestEurope"))),
    "all of Azure": Case([], around(Rule(100, source="AzureCloud"))),
    "the subnet of Bastion": Case([], around(Rule(100, source="10.0.7.0/26", port=["22", "3389"]))),
    "one network": Case([], around(Rule(100, source="203.0.113.0/24"))),
    "two halves": Case(["22"], around(Rule(100, source=["0.0.0.0/1", "128.0.0.0/1"]))),
    "half of the internet": Case(["22"], around(Rule(100, source="0.0.0.0/1"))),
    "a tag and everybody": Case(["22"], around(Rule(100, source=["10.0.0.0/8", "0.0.0.0/0"]))),
    "who is not known": Case(UNKNOWN, around(Rule(100, source=_UNKNOWN))),
    # the order
    "denied first": Case([], around(Rule(100, "Deny"), Rule(200))),
    "denied last": Case(["22"], around(Rule(100), Rule(200, "Deny", port="*", protocol="*"))),
    "the internet is denied first": Case([], around(Rule(100, "Deny", "Internet", "*", "*"), Rule(200))),
    "halves are denied, one after the other": Case(
        [], around(Rule(100, "Deny", "0.0.0.0/1"), Rule(110, "Deny", "128.0.0.0/1"), Rule(200))
    ),
    "halves are denied on more ports than one": Case(
        ["20-21"],
        around(
            Rule(90, "Deny", "203.0.113.0/24", "80"),
            Rule(100, "Deny", "0.0.0.0/1", "22"),
            Rule(110, "Deny", "128.0.0.0/1", "22-25"),
            Rule(200, port="20-22"),
        ),
    ),
    "halves are denied, and one was let in before": Case(
        ["22"],
        around(Rule(100, "Deny", "0.0.0.0/1"), Rule(105), Rule(110, "Deny", "128.0.0.0/1"), Rule(200)),
    ),
    "one half is denied": Case(["22"], around(Rule(100, "Deny", "0.0.0.0/1"), Rule(200))),
    "one network is denied": Case(["22"], around(Rule(100, "Deny", "203.0.113.0/24"), Rule(200))),
    "the network is denied first": Case(["22"], around(Rule(100, "Deny", "VirtualNetwork"), Rule(200))),
    "another protocol is denied": Case(["22"], around(Rule(100, "Deny", protocol="Udp"), Rule(200))),
    "traffic from some ports is denied": Case(
        ["22"], around(Rule(100, "Deny", from_port="1024-65535"), Rule(200))
    ),
    "traffic from some ports is let in": Case(["22"], around(Rule(100, from_port="1024-65535"))),
    "what goes out is denied": Case(["22"], around(Rule(100, "Deny", direction="Outbound"), Rule(200))),
    "only what goes out is let": Case([], around(Rule(100, direction="Outbound"))),
    "a part of the ports is denied": Case(
        ["20-21", "23-25"], around(Rule(100, "Deny", port="22"), Rule(200, port="20-25"))
    ),
    "a denial of somebody who is not known": Case(
        UNKNOWN, around(Rule(100, "Deny", source=_UNKNOWN), Rule(200))
    ),
    # ports
    "a list of ports and ranges": Case(
        ["22", "80-90", "3389"], around(Rule(100, port=["22", "3389", "80-90"]))
    ),
    "all ports": Case(["all"], around(Rule(100, port="*"))),
    "all ports of every protocol": Case(["all", "udp all"], around(Rule(100, port="*", protocol="*"))),
    "ICMP has none": Case([], around(Rule(100, port="*", protocol="Icmp"))),
    "UDP": Case(["udp 53"], around(Rule(100, port="53", protocol="Udp"))),
    # whom it is for
    "for its address": Case(["22"], around(Rule(100, to="10.0.1.4"))),
    "for its range": Case(["22"], around(Rule(100, to="10.0.1.0/24"))),
    "for another machine": Case([], around(Rule(100, to="10.0.1.5"))),
    "for the network": Case(["22"], around(Rule(100, to="VirtualNetwork"))),
    "for one of several addresses": Case(["22"], around(Rule(100, to=["10.0.1.9", "10.0.1.4"]))),
    "for a group that it is in": Case(
        ["22"],
        [each.with_(_IN_GROUP) if each is _MACHINE else each for each in around(Rule(100, to="group"))],
    ),
    "for a group that it is not in": Case([], around(Rule(100, to="group"))),
    "a denial for a group that it is in": Case(
        [],
        [
            each.with_(_IN_GROUP) if each is _MACHINE else each
            for each in around(Rule(100, "Deny", to="group"), Rule(200))
        ],
    ),
    "a denial for a group that it is not in": Case(["22"], around(Rule(100, "Deny", to="group"), Rule(200))),
    # both groups
    "both let in": Case(["22"], around(Rule(100), outer=(Rule(100, port="20-30"),))),
    "the subnet lets in another port": Case([], around(Rule(100), outer=(Rule(100, port="443"),))),
    "the subnet lets nobody in": Case([], around(Rule(100), outer=())),
    "the subnet denies": Case(
        [], around(Rule(100), outer=(Rule(100, "Deny", "Internet", "*", "*"), Rule(200, port="*")))
    ),
    "what both let in": Case(
        ["22", "443"],
        around(Rule(100, port=["22", "443", "80"]), outer=(Rule(100, port=["22", "443", "8080"]),)),
    ),
}
together(terraform(each.pieces) for each in CASES.values())
_PORTS = "network.reachable_ports"


@pytest.mark.parametrize("name", CASES)
def test_in_terraform(name: str) -> None:
    case = CASES[name]
    assert told(declared(terraform(case.pieces))["azurerm_linux_virtual_machine.m"], _PORTS) == case.expected


def _machine(found: list[Any]) -> Any:
    return next(each for each in found if each.kind == "instance" and each.name == "m")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("spelling", ["template", "bicep"])
def test_in_a_template_and_in_bicep(name: str, spelling: str) -> None:
    case = CASES[name]
    resources = template(case.pieces)
    if spelling == "template":
        found = from_arm(*resources, parameters={"x": {"type": "string"}})
    else:
        found = from_bicep("param x string\n" + Spelled(resources).text.replace("parameters('x')", "x"))
    assert told(_machine(found), _PORTS) == case.expected


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if "parameters(" not in str(template(case.pieces))]
)
def test_in_a_live_subscription(name: str) -> None:
    case = CASES[name]
    assert told(_machine(live(template(case.pieces))), _PORTS) == case.expected
