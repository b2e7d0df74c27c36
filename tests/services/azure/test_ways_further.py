"""Ways that go on from one thing to the next, and those of older resources: classic rules, groups of addresses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_arm, from_bicep
from tests.services.azure.bicep import Spelled
from tests.services.azure.declared import declared, together, told
from tests.services.azure.pairs import PIN, resource
from tests.services.azure.ways import in_arm

_PORTS = "network.reachable_ports"
_WAY = "network.reachable_by"
_PUBLISHED = "network.published_by"
_UNFILTERED = "network.published_unfiltered"
_MACHINE = "azurerm_linux_virtual_machine.m"

_BASE = (
    PIN
    + """
variable "x" {}
resource "azurerm_virtual_network" "n" {
  name = "n"
}
resource "azurerm_subnet" "s" {
  name                 = "s"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.1.0/24"]
}
resource "azurerm_subnet" "front" {
  name                 = "front"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.2.0/24"]
}
resource "azurerm_public_ip" "p" {
  name = "p"
  sku  = "Standard"
}
resource "azurerm_linux_virtual_machine" "m" {
  name                  = "m"
  network_interface_ids = [azurerm_network_interface.i.id]
}
"""
)


def interface(more: str = "") -> str:
    return f"""
resource "azurerm_network_interface" "i" {{
  name = "i"
  ip_configuration {{
    name                          = "c"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Static"
    private_ip_address            = "10.0.1.4"
    {more}
  }}
}}
"""


def classic(to: str = '"10.0.1.4"', action: str = '"Dnat"', sources: str = 'source_addresses = ["*"]') -> str:
    return f"""
resource "azurerm_firewall" "f" {{
  name = "f"
  ip_configuration {{
    name                 = "c"
    subnet_id            = azurerm_subnet.front.id
    public_ip_address_id = azurerm_public_ip.p.id
  }}
}}
resource "azurerm_firewall_nat_rule_collection" "n" {{
  name                = "nat"
  azure_firewall_name = azurerm_firewall.f.name
  priority            = 100
  action              = {action}
  rule {{
    name                  = "in"
    {sources}
    destination_ports     = ["443"]
    destination_addresses = [azurerm_public_ip.p.ip_address]
    translated_address    = {to}
    translated_port       = 443
    protocols             = ["TCP"]
  }}
}}
"""


def addresses(*ranges: str, more: str = "") -> str:
    listed = ", ".join(f'"{each}"' for each in ranges)
    return f"""
resource "azurerm_ip_group" "g" {{
  name  = "g"
  cidrs = [{listed}]
}}
{more}
"""


_BY_GROUP = "source_ip_groups = [azurerm_ip_group.g.id]"
_MORE = """
resource "azurerm_ip_group_cidr" "m" {
  ip_group_id = azurerm_ip_group.g.id
  cidr        = %s
}
"""


def balancer(frontend: str, port: str = "443") -> str:
    return f"""
resource "azurerm_lb" "l" {{
  name = "l"
  sku  = "Standard"
  frontend_ip_configuration {{
    name = "in"
    {frontend}
  }}
}}
resource "azurerm_lb_backend_address_pool" "b" {{
  name            = "b"
  loadbalancer_id = azurerm_lb.l.id
}}
resource "azurerm_lb_rule" "r" {{
  name                           = "r"
  loadbalancer_id                = azurerm_lb.l.id
  frontend_ip_configuration_name = "in"
  protocol                       = "Tcp"
  frontend_port                  = {port}
  backend_port                   = 8443
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.b.id]
}}
resource "azurerm_network_interface_backend_address_pool_association" "i" {{
  network_interface_id    = azurerm_network_interface.i.id
  backend_address_pool_id = azurerm_lb_backend_address_pool.b.id
}}
"""


_INSIDE = """subnet_id = azurerm_subnet.front.id
    private_ip_address            = "10.0.2.7"
    private_ip_address_allocation = "Static\""""
_DYNAMIC = "subnet_id = azurerm_subnet.front.id"
_CASES: dict[str, tuple[str, Any]] = {
    "a collection of the firewall itself": (interface() + classic(), ["443"]),
    "a collection that hides addresses": (interface() + classic(action='"Snat"'), []),
    "a firewall that is declared elsewhere": (
        interface() + classic().replace("azurerm_firewall.f.name", "var.x"),
        UNKNOWN,
    ),
    "a group with all addresses": (
        interface() + addresses("0.0.0.0/0") + classic(sources=_BY_GROUP),
        ["443"],
    ),
    "a group with some": (interface() + addresses("198.51.100.0/24") + classic(sources=_BY_GROUP), []),
    "a group that is declared elsewhere": (
        interface() + classic(sources="source_ip_groups = [var.x]"),
        UNKNOWN,
    ),
    "a group with more in a resource of its own": (
        interface() + addresses("198.51.100.0/24", more=_MORE % '"0.0.0.0/0"') + classic(sources=_BY_GROUP),
        ["443"],
    ),
    "a group with more that is not known": (
        interface() + addresses("198.51.100.0/24", more=_MORE % "var.x") + classic(sources=_BY_GROUP),
        UNKNOWN,
    ),
    "a balancer inside, behind the firewall": (
        interface() + balancer(_INSIDE) + classic('"10.0.2.7"'),
        ["8443"],
    ),
    "a balancer inside, which the firewall refers to": (
        interface() + balancer(_DYNAMIC) + classic("azurerm_lb.l.private_ip_address"),
        ["8443"],
    ),
    "a balancer inside, at a frontend that is named": (
        interface()
        + balancer(_DYNAMIC)
        + classic("azurerm_lb.l.frontend_ip_configuration[0].private_ip_address"),
        ["8443"],
    ),
    "a balancer inside, at an address that it may have": (
        interface() + balancer(_DYNAMIC) + classic('"10.0.2.7"'),
        UNKNOWN,
    ),
    "a balancer inside, on another port": (
        interface() + balancer(_INSIDE, "80") + classic('"10.0.2.7"'),
        [],
    ),
    "a balancer inside, that nothing leads to": (interface() + balancer(_INSIDE), []),
}
together(_BASE + text for text, _ in _CASES.values())


@pytest.mark.parametrize("name", _CASES)
def test_which_ports_are_reached(name: str) -> None:
    text, expected = _CASES[name]
    assert told(declared(_BASE + text)[_MACHINE], _PORTS) == expected


def test_a_way_over_several_has_every_hop() -> None:
    text = _BASE + interface() + balancer(_INSIDE) + classic('"10.0.2.7"')
    assert told(declared(text)[_MACHINE], _WAY) == [
        "the internet > public address p > firewall f > rule in of nat > rule r of load balancer l > interface i: 8443"
    ]


def door(host: str) -> str:
    return f"""
resource "azurerm_frontdoor" "d" {{
  name = "d"
  frontend_endpoint {{
    name      = "e"
    host_name = "d.azurefd.net"
  }}
  routing_rule {{
    name               = "r"
    accepted_protocols = ["Https"]
    patterns_to_match  = ["/*"]
    frontend_endpoints = ["e"]
    forwarding_configuration {{
      backend_pool_name = "b"
    }}
  }}
  backend_pool {{
    name = "b"
    backend {{
      address     = {host}
      host_header = "shop.example"
      http_port   = 80
      https_port  = 443
    }}
  }}
}}
"""


_OPEN = """
resource "azurerm_network_security_group" "g" {
  name = "g"
  security_rule {
    name                       = "doors"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "%s"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "443"
  }
}
resource "azurerm_subnet_network_security_group_association" "g" {
  subnet_id                 = azurerm_subnet.s.id
  network_security_group_id = azurerm_network_security_group.g.id
}
"""
_PUBLIC = interface("public_ip_address_id = azurerm_public_ip.p.id")
_PUBLISHED_CASES: dict[str, tuple[str, Any]] = {
    "the first Front Door asks a public address": (
        _PUBLIC + _OPEN % "AzureFrontDoor.Backend" + door("azurerm_public_ip.p.ip_address"),
        True,
    ),
    "by its name": (
        _PUBLIC + _OPEN % "AzureFrontDoor.Backend" + door("azurerm_public_ip.p.fqdn"),
        True,
    ),
    "another address": (
        _PUBLIC + _OPEN % "AzureFrontDoor.Backend" + door('"shop.azurewebsites.net"'),
        False,
    ),
    "an address that may be its own": (
        _PUBLIC + _OPEN % "AzureFrontDoor.Backend" + door('"203.0.113.9"'),
        UNKNOWN,
    ),
    "who is let in is somebody else": (
        _PUBLIC + _OPEN % "198.51.100.0/24" + door('"shop.azurewebsites.net"'),
        False,
    ),
    "some public range, which may be Front Door's": (
        _PUBLIC + _OPEN % "198.51.100.0/24" + door("azurerm_public_ip.p.ip_address"),
        UNKNOWN,
    ),
    "a private range, which is not": (
        _PUBLIC + _OPEN % "10.0.0.0/8" + door("azurerm_public_ip.p.ip_address"),
        False,
    ),
}
together(_BASE + text for text, _ in _PUBLISHED_CASES.values())


@pytest.mark.parametrize("name", _PUBLISHED_CASES)
def test_what_front_door_publishes(name: str) -> None:
    text, expected = _PUBLISHED_CASES[name]
    assert told(declared(_BASE + text)[_MACHINE], _UNFILTERED) == expected


def test_a_way_by_the_first_front_door_has_every_hop() -> None:
    text, _ = _PUBLISHED_CASES["the first Front Door asks a public address"]
    assert told(declared(_BASE + text)[_MACHINE], _PUBLISHED) == [
        "the internet > Front Door d > rule r > pool b > interface i, allowed by rule doors of g: 443"
    ]


_STREAM = {
    "listeners": [
        {
            "name": "tcp",
            "properties": {
                "frontendIPConfiguration": {
                    "id": "[resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', 'gw', 'out')]"
                },
                "frontendPort": {
                    "id": "[resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'gw', 'https')]"
                },
                "protocol": "Tcp",
            },
        }
    ],
    "routingRules": [
        {
            "name": "stream",
            "properties": {
                "listener": {
                    "id": "[resourceId('Microsoft.Network/applicationGateways/listeners', 'gw', 'tcp')]"
                },
                "backendAddressPool": {
                    "id": "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'gw', 'vms')]"
                },
                "backendSettings": {
                    "id": "[resourceId('Microsoft.Network/applicationGateways/backendSettingsCollection', 'gw', 'ssh')]"
                },
            },
        }
    ],
    "backendSettingsCollection": [{"name": "ssh", "properties": {"port": 22, "protocol": "Tcp"}}],
}


@pytest.mark.parametrize("spelling", ["template", "bicep"])
def test_a_gateway_that_passes_on_streams_lets_in(spelling: str) -> None:
    resources = in_arm([('"sourceAddresses": ["*"]', '"sourceAddresses": ["198.51.100.0/24"]')])
    gateway = next(each for each in resources if each["type"].endswith("applicationGateways"))
    gateway["properties"] |= _STREAM
    found = from_arm(*resources) if spelling == "template" else from_bicep(Spelled(resources).text)
    machine = next(each for each in found if each.kind == "instance")
    assert told(machine, _WAY) == [
        (
            "the internet > public address p > application gateway gw > listener tcp > rule stream > pool vms"
            " > interface i: 22"
        )
    ]


def test_a_scale_set_in_a_pool_is_published() -> None:
    pool = "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'gw', 'vms')]"
    subnet = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'n', 's')]"
    address = {
        "name": "c",
        "properties": {"subnet": {"id": subnet}, "applicationGatewayBackendAddressPools": [{"id": pool}]},
    }
    inside = {"name": "first", "properties": {"primary": True, "ipConfigurations": [address]}}
    fleet = resource(
        "Microsoft.Compute/virtualMachineScaleSets",
        "fleet",
        properties={
            "virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [inside]}}
        },
    )
    found = next(each for each in from_arm(*in_arm([]), fleet) if each.name == "fleet")
    assert told(found, _UNFILTERED) is True
    # The firewall's rule leads to one address of the subnet, which a machine of the set may get.
    assert told(found, _PORTS) == UNKNOWN


def test_front_door_before_a_gateway_that_lets_nobody_else_in() -> None:
    group = resource(
        "Microsoft.Network/networkSecurityGroups",
        "g",
        properties={
            "securityRules": [
                {
                    "name": "doors",
                    "properties": {
                        "priority": 100,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "sourceAddressPrefix": "AzureFrontDoor.Backend",
                        "sourcePortRange": "*",
                        "destinationAddressPrefix": "*",
                        "destinationPortRange": "443",
                    },
                }
            ]
        },
    )
    before = '"addressPrefix": "10.0.2.0/24"'
    bound = f"""{before}, "networkSecurityGroup": {{"id": "[resourceId('{group["type"]}', 'g')]"}}"""
    host = '"hostName": "a.azurewebsites.net"'
    named = '"hostName": "shop.westeurope.cloudapp.azure.com"'
    public = '"name": "p", "sku": {"name": "Standard"}, "properties": {}'
    labelled = public.replace(
        '"properties": {}',
        '"location": "westeurope", "properties": {"dnsSettings": {"domainNameLabel": "shop"}}',
    )
    resources = in_arm([(before, bound), (host, named), (public, labelled)], (group,))
    machine = next(each for each in from_arm(*resources) if each.kind == "instance")
    assert told(machine, _PUBLISHED) == [
        (
            "the internet > Front Door endpoint e > route r > origin o > application gateway gw > listener l > rule r"
            " > pool vms > interface i: 8080"
        )
    ]
