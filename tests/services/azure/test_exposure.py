"""Whether the internet reaches a machine of Azure: addresses, balancers, and the rules of both security groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_bicep
from tests.services.azure.declared import declared, pinned, together, told
from tfaudit.model.asset import Asset

_REACHED = "network.reachable_from_internet"
_PORTS = "network.reachable_ports"
_ADMIN = "network.reachable_admin_ports"
_WAY = "network.reachable_by"
_MACHINE = "azurerm_linux_virtual_machine.m"

_NETWORK = """
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
  name = "fronts"
}
resource "azurerm_application_security_group" "stores" {
  name = "stores"
}
resource "azurerm_public_ip" "p" {
  name = "p"
  sku  = "Standard"
}
"""
_LINK = """
resource "azurerm_subnet_network_security_group_association" "s" {
  subnet_id                 = azurerm_subnet.s.id
  network_security_group_id = azurerm_network_security_group.outer.id
}
"""
_OWN_LINK = """
resource "azurerm_network_interface_security_group_association" "i" {
  network_interface_id      = azurerm_network_interface.i.id
  network_security_group_id = azurerm_network_security_group.inner.id
}
"""
_MEMBER = """
resource "azurerm_network_interface_application_security_group_association" "i" {
  network_interface_id          = azurerm_network_interface.i.id
  application_security_group_id = azurerm_application_security_group.fronts.id
}
"""
_LOOK = """
data "azurerm_application_security_group" "found" {
  name                = "%s"
  resource_group_name = "rg"
}
"""
_LOOKED_UP = {
    "destination_address_prefix": "",
    "destination_application_security_group_ids": "[data.azurerm_application_security_group.found.id]",
}


def group(name: str, *rules: str) -> str:
    return f"""
resource "azurerm_network_security_group" "{name}" {{
  name = "{name}"
  {"".join(rules)}
}}
"""


def rule(priority: str, access: str, port: str, **more: str) -> str:
    stated = {
        "name": f'"{access.lower()}-{priority}"' if priority.isdigit() else '"later"',
        "priority": priority,
        "direction": '"Inbound"',
        "access": f'"{access}"',
        "protocol": '"Tcp"',
        "source_address_prefix": '"Internet"',
        "source_port_range": '"*"',
        "destination_address_prefix": '"*"',
        "destination_port_range": f'"{port}"',
        **more,
    }
    lines = "\n".join(f"{name} = {value}" for name, value in stated.items() if value)
    return f"security_rule {{\n{lines}\n}}\n"


def machine(address: str = "public_ip_address_id = azurerm_public_ip.p.id", more: str = "") -> str:
    return f"""
resource "azurerm_network_interface" "i" {{
  name = "i"
  ip_configuration {{
    name                          = "c"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Dynamic"
    {address}
  }}
  {more}
}}
resource "azurerm_linux_virtual_machine" "m" {{
  name                  = "m"
  network_interface_ids = [azurerm_network_interface.i.id]
}}
"""


_BASE = pinned("~> 4.0") + 'variable "x" {}\n' + _NETWORK
_CASES: dict[str, tuple[str, Any]] = {
    # what is so, the code, the ports that are reached
    "the lowest number decides": (
        group("outer", rule("200", "Allow", "22"), rule("100", "Deny", "20-30")) + _LINK + machine(),
        [],
    ),
    "a denial closes only its own ports": (
        group("outer", rule("100", "Deny", "22"), rule("200", "Allow", "20-25")) + _LINK + machine(),
        ["20-21", "23-25"],
    ),
    "a denial of one network does not stop the others": (
        group(
            "outer",
            rule("100", "Deny", "22", source_address_prefix='"203.0.113.0/24"'),
            rule("200", "Allow", "22"),
        )
        + _LINK
        + machine(),
        ["22"],
    ),
    "a denial of another direction is about other traffic": (
        group("outer", rule("100", "Deny", "22", direction='"Outbound"'), rule("200", "Allow", "22"))
        + _LINK
        + machine(),
        ["22"],
    ),
    "both groups have to let in": (
        group("outer", rule("100", "Allow", "20-100"))
        + group("inner", rule("100", "Allow", "80-200"))
        + _LINK
        + _OWN_LINK
        + machine(),
        ["80-100"],
    ),
    "one group denies by its last rule": (
        group("outer", rule("100", "Allow", "22")) + group("inner") + _LINK + _OWN_LINK + machine(),
        [],
    ),
    "no group behind a standard address": (machine(), []),
    "no group behind a basic address": (
        'resource "azurerm_public_ip" "b" {\n name = "b"\n sku = "Basic"\n}\n'
        + machine("public_ip_address_id = azurerm_public_ip.b.id"),
        ["all", "udp all"],
    ),
    "an address whose kind is not known, and no group": (
        'resource "azurerm_public_ip" "b" {\n name = "b"\n sku = var.x\n}\n'
        + machine("public_ip_address_id = azurerm_public_ip.b.id"),
        UNKNOWN,
    ),
    "no address at all": (group("outer", rule("100", "Allow", "22")) + _LINK + machine(""), []),
    "a source that is a tag of Azure's": (
        group("outer", rule("100", "Allow", "22", source_address_prefix='"AzureLoadBalancer"'))
        + _LINK
        + machine(),
        [],
    ),
    "half of the internet is the internet": (
        group("outer", rule("100", "Allow", "22", source_address_prefix='"0.0.0.0/1"')) + _LINK + machine(),
        ["22"],
    ),
    "to a group that it is in": (
        group(
            "outer",
            rule(
                "100",
                "Allow",
                "22",
                destination_address_prefix="",
                destination_application_security_group_ids="[azurerm_application_security_group.fronts.id]",
            ),
        )
        + _LINK
        + _MEMBER
        + machine(),
        ["22"],
    ),
    "to a group that it is not in": (
        group(
            "outer",
            rule(
                "100",
                "Allow",
                "22",
                destination_address_prefix="",
                destination_application_security_group_ids="[azurerm_application_security_group.stores.id]",
            ),
        )
        + _LINK
        + _MEMBER
        + machine(),
        [],
    ),
    "a denial of all sources, half by half": (
        group(
            "outer",
            rule(
                "100",
                "Deny",
                "22",
                source_address_prefix="",
                source_address_prefixes='["0.0.0.0/1", "128.0.0.0/1"]',
            ),
            rule("200", "Allow", "22"),
        )
        + _LINK
        + machine(),
        [],
    ),
    "a denial from ports that are not known": (
        group("outer", rule("100", "Deny", "22", source_port_range="var.x"), rule("200", "Allow", "22"))
        + _LINK
        + machine(),
        UNKNOWN,
    ),
    "to a group that is looked up by the name of its own": (
        group("outer", rule("100", "Allow", "22", **_LOOKED_UP))
        + _LINK
        + _MEMBER
        + _LOOK % "fronts"
        + machine(),
        UNKNOWN,
    ),
    "to a group that is looked up by another name": (
        group("outer", rule("100", "Allow", "22", **_LOOKED_UP))
        + _LINK
        + _MEMBER
        + _LOOK % "stores"
        + machine(),
        [],
    ),
    "to addresses elsewhere": (
        group("outer", rule("100", "Allow", "22", destination_address_prefix='"10.0.9.0/24"'))
        + _LINK
        + machine(),
        [],
    ),
    "to one address of its subnet, while its own is not known": (
        group("outer", rule("100", "Allow", "22", destination_address_prefix='"10.0.1.4"'))
        + _LINK
        + machine(),
        UNKNOWN,
    ),
    "over another protocol": (
        group("outer", rule("100", "Allow", "53", protocol='"Udp"')) + _LINK + machine(),
        ["udp 53"],
    ),
    "a port that is not known": (
        group("outer", rule("100", "Allow", "x", destination_port_range="var.x")) + _LINK + machine(),
        UNKNOWN,
    ),
    "a place in the order that is not known": (
        group("outer", rule("var.x", "Deny", "22"), rule("200", "Allow", "22")) + _LINK + machine(),
        UNKNOWN,
    ),
    "what is not known of a rule that comes too late": (
        group("outer", rule("100", "Deny", "*"), rule("200", "Allow", "22", source_address_prefix="var.x"))
        + _LINK
        + machine(),
        [],
    ),
    "a rule of its own, of which the group is not known": (
        group("outer", rule("100", "Deny", "*"))
        + _LINK
        + machine()
        + """
resource "azurerm_network_security_rule" "r" {
  name                        = "r"
  network_security_group_name = var.x
  priority                    = 90
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "*"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "22"
}
""",
        UNKNOWN,
    ),
    "a group of the subnet that is not known": (
        'resource "azurerm_subnet_network_security_group_association" "s" {\n subnet_id = azurerm_subnet.s.id\n'
        " network_security_group_id = var.x\n}\n" + machine(),
        UNKNOWN,
    ),
    "a closed group of the interface, and one of the subnet that is not known": (
        'resource "azurerm_subnet_network_security_group_association" "s" {\n subnet_id = azurerm_subnet.s.id\n'
        " network_security_group_id = var.x\n}\n" + group("inner") + _OWN_LINK + machine(),
        [],
    ),
    "an interface that is declared elsewhere": (
        'resource "azurerm_linux_virtual_machine" "m" {\n name = "m"\n network_interface_ids = [var.x]\n}\n',
        UNKNOWN,
    ),
    "an interface with a rule of a balancer that is not known": (
        group("outer", rule("100", "Allow", "22"))
        + _LINK
        + machine("")
        + 'resource "azurerm_network_interface_backend_address_pool_association" "i" {\n'
        " network_interface_id = azurerm_network_interface.i.id\n backend_address_pool_id = var.x\n}\n",
        UNKNOWN,
    ),
}
together(_BASE + text for text, _ in _CASES.values())


@pytest.mark.parametrize("case", _CASES)
def test_which_ports_the_internet_reaches(case: str) -> None:
    text, expected = _CASES[case]
    found = declared(_BASE + text)[_MACHINE]
    assert told(found, _PORTS) == expected
    assert told(found, _REACHED) == (expected if expected == UNKNOWN else bool(expected))


_BALANCER = """
resource "azurerm_lb" "front" {
  name = "front"
  sku  = "%s"
  frontend_ip_configuration {
    name = "inside"
  }
  frontend_ip_configuration {
    name                 = "outside"
    public_ip_address_id = azurerm_public_ip.p.id
  }
}
resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.front.id
}
resource "azurerm_lb_nat_rule" "door" {
  name                           = "door"
  loadbalancer_id                = azurerm_lb.front.id
  frontend_ip_configuration_name = "%s"
  protocol                       = "Tcp"
  frontend_port                  = 50000
  backend_port                   = 3389
}
"""
_NAMED = """
resource "azurerm_network_interface_nat_rule_association" "i" {
  network_interface_id = azurerm_network_interface.i.id
  nat_rule_id          = azurerm_lb_nat_rule.door.id
}
"""
_OPEN = group("outer", rule("100", "Allow", "*")) + _LINK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_OPEN + _BALANCER % ("Standard", "outside") + _NAMED, ["3389"]),
        (_OPEN + _BALANCER % ("Standard", "inside") + _NAMED, []),
        (_OPEN + _BALANCER % ("Standard", "outside"), []),
        (_BALANCER % ("Standard", "outside") + _NAMED, []),
        (_BALANCER % ("Basic", "outside") + _NAMED, ["3389"]),
        (_OPEN + _BALANCER.replace('"%s"\n  protocol', "var.x\n  protocol") % "Standard" + _NAMED, UNKNOWN),
    ],
)
def test_a_forwarding_rule_leads_to_the_port_that_it_names(text: str, expected: object) -> None:
    found = declared(_BASE + text + machine(""))[_MACHINE]
    assert told(found, _ADMIN) == expected


_MEMBER_BY_ADDRESS = """
resource "azurerm_lb_rule" "in" {
  name                           = "in"
  loadbalancer_id                = azurerm_lb.front.id
  frontend_ip_configuration_name = "outside"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
}
resource "azurerm_lb_backend_address_pool_address" "m" {
  name                    = "m"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
  ip_address              = "%s"
}
"""


@pytest.mark.parametrize(
    ("member", "own", "expected"),
    [
        ("10.0.1.4", "10.0.1.4", ["443"]),
        ("10.0.1.5", "10.0.1.4", []),
        ("10.0.1.4", "", UNKNOWN),
        ("10.0.9.4", "", []),
    ],
)
def test_a_machine_may_be_in_a_pool_by_its_address(member: str, own: str, expected: object) -> None:
    text = _OPEN + _BALANCER % ("Standard", "inside") + _MEMBER_BY_ADDRESS % member
    fixed = machine(f'private_ip_address = "{own}"').replace('"Dynamic"', '"Static"')
    found = declared(_BASE + text + (fixed if own else machine("")))[_MACHINE]
    assert told(found, _PORTS) == expected


@pytest.mark.parametrize("what", ['"in"', '"m"'])
def test_a_rule_or_a_member_of_which_it_is_not_known_whether_it_is_there(what: str) -> None:
    text = _OPEN + _BALANCER % ("Standard", "inside") + _MEMBER_BY_ADDRESS % "10.0.1.4"
    assert what in text
    fixed = machine('private_ip_address = "10.0.1.4"').replace('"Dynamic"', '"Static"')
    text = text.replace(f"{what} {{", f"{what} {{\n count = var.x ? 1 : 0")
    assert told(declared(_BASE + text + fixed)[_MACHINE], _PORTS) == UNKNOWN


def test_the_way_is_told_hop_by_hop_and_placed_at_the_rule() -> None:
    found = declared(_BASE + _OPEN + _BALANCER % ("Standard", "outside") + _NAMED + machine(""))[_MACHINE]
    way = (
        "the internet > public address p > rule door of load balancer front > interface i,"
        " allowed by rule allow-100 of outer: 3389"
    )
    assert told(found, _WAY) == [way]
    assert found.settings[_REACHED].resource.address == "azurerm_network_security_group.outer"


def test_an_interface_is_judged_itself_only_where_no_machine_has_it() -> None:
    text = _BASE + _OPEN + machine().partition('resource "azurerm_linux_virtual_machine"')[0]
    assert told(declared(text)["azurerm_network_interface.i"], _REACHED) is True


_BICEP = """
param suffix string
resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'group${suffix}'
  properties: {
    securityRules: [
      {
        name: 'in'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['*']
          sourcePortRange: '*'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRanges: ['22', '443']
        }
      }
    ]
  }
}
resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub${suffix}'
  properties: {
    subnets: [
      { name: 'first', properties: { networkSecurityGroup: { id: group.id } } }
      { name: 'second', properties: {} }
    ]
  }
}
resource own 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'own${suffix}'
  sku: { name: 'Standard' }
}
resource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: 'nic${suffix}'
  properties: {
    ipConfigurations: [
      {
        name: 'c'
        properties: {
          subnet: { id: %s }
          publicIPAddress: { id: own.id }
        }
      }
    ]
  }
}
resource vm 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: 'vm'
  properties: { networkProfile: { networkInterfaces: [{ id: nic.id }] } }
}
"""


@pytest.mark.parametrize(
    ("subnet", "expected"),
    [
        ("hub.properties.subnets[0].id", ["22", "443", "udp 22", "udp 443"]),
        ("'${hub.id}/subnets/first'", ["22", "443", "udp 22", "udp 443"]),
        ("hub.properties.subnets[1].id", []),
        (
            "resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub${suffix}', 'first')",
            ["22", "443", "udp 22", "udp 443"],
        ),
        ("resourceId('Microsoft.Network/virtualNetworks/subnets', 'other', 'first')", UNKNOWN),
    ],
)
def test_a_subnet_is_found_however_bicep_names_it(subnet: str, expected: object) -> None:
    found: list[Asset] = from_bicep(_BICEP % subnet)
    assert told(next(each for each in found if each.name == "vm"), _PORTS) == expected
