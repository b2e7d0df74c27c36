"""A machine and an app behind a firewall, an Application Gateway and a Front Door, in Terraform and in a template."""

from __future__ import annotations

import json
from typing import Any

from tests.services.azure.pairs import PIN, Pair, resource

_NETWORK = "Microsoft.Network"
_GATEWAY = "Microsoft.Network/applicationGateways"


def _of(type_: str, *names: str) -> dict[str, str]:
    parts = ", ".join(f"'{each}'" for each in (type_, *names))
    return {"id": f"[resourceId({parts})]"}


def _part(type_: str, name: str) -> dict[str, str]:
    return _of(f"{_GATEWAY}/{type_}", "gw", name)


_SUBNET = "Microsoft.Network/virtualNetworks/subnets"
_PUBLIC = _of(f"{_NETWORK}/publicIPAddresses", "p")
_HTTP = _part("backendHttpSettingsCollection", "h")
_PROFILE = "Microsoft.Cdn/profiles"

TERRAFORM = (
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
resource "azurerm_network_interface" "i" {
  name = "i"
  ip_configuration {
    name                          = "c"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Static"
    private_ip_address = "10.0.1.4"
  }
}
resource "azurerm_linux_virtual_machine" "m" {
  name                  = "m"
  network_interface_ids = [azurerm_network_interface.i.id]
}
resource "azurerm_linux_web_app" "a" {
  name = "a"
}
resource "azurerm_firewall" "f" {
  name = "f"
  firewall_policy_id = azurerm_firewall_policy.fp.id
  ip_configuration {
    name = "c"
    subnet_id = azurerm_subnet.front.id
    public_ip_address_id = azurerm_public_ip.p.id
  }
}
resource "azurerm_firewall_policy" "fp" {
  name = "fp"
}
resource "azurerm_firewall_policy_rule_collection_group" "g" {
  name = "g"
  firewall_policy_id = azurerm_firewall_policy.fp.id
  priority = 100
  nat_rule_collection {
    name = "nat"
    action = "Dnat"
    priority = 100
    rule {
      name = "ssh"
      protocols = ["TCP"]
      source_addresses = ["*"]
      destination_address = azurerm_public_ip.p.ip_address
      destination_ports = ["2222"]
      translated_address = azurerm_network_interface.i.private_ip_address
      translated_port = 22
    }
  }
}
resource "azurerm_application_gateway" "gw" {
  name = "gw"
  sku {
    name = "Standard_v2"
    tier = "Standard_v2"
  }
  gateway_ip_configuration {
    name = "c"
    subnet_id = azurerm_subnet.front.id
  }
  frontend_ip_configuration {
    name = "out"
    public_ip_address_id = azurerm_public_ip.p.id
  }
  frontend_port {
    name = "https"
    port = 443
  }
  backend_address_pool {
    name = "vms"
  }
  backend_address_pool {
    name = "apps"
    fqdns = [azurerm_linux_web_app.a.default_hostname]
  }
  backend_http_settings {
    name = "h"
    port = 8080
    protocol = "Http"
    cookie_based_affinity = "Disabled"
  }
  http_listener {
    name = "l"
    frontend_ip_configuration_name = "out"
    frontend_port_name = "https"
    protocol = "Https"
  }
  request_routing_rule {
    name = "r"
    rule_type = "PathBasedRouting"
    http_listener_name = "l"
    url_path_map_name = "m"
    priority = 1
  }
  url_path_map {
    name = "m"
    default_backend_address_pool_name = "vms"
    default_backend_http_settings_name = "h"
    path_rule {
      name = "app"
      paths = ["/app/*"]
      backend_address_pool_name = "apps"
      backend_http_settings_name = "h"
    }
  }
}
resource "azurerm_network_interface_application_gateway_backend_address_pool_association" "a" {
  network_interface_id = azurerm_network_interface.i.id
  ip_configuration_name = "c"
  backend_address_pool_id = tolist(azurerm_application_gateway.gw.backend_address_pool).0.id
}
resource "azurerm_cdn_frontdoor_profile" "fd" {
  name = "fd"
  sku_name = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_endpoint" "e" {
  name = "e"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}
resource "azurerm_cdn_frontdoor_origin_group" "og" {
  name = "og"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}
resource "azurerm_cdn_frontdoor_origin" "o" {
  name = "o"
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.og.id
  host_name = azurerm_linux_web_app.a.default_hostname
  certificate_name_check_enabled = true
}
resource "azurerm_cdn_frontdoor_route" "r" {
  name = "r"
  cdn_frontdoor_endpoint_id = azurerm_cdn_frontdoor_endpoint.e.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.og.id
  cdn_frontdoor_origin_ids = [azurerm_cdn_frontdoor_origin.o.id]
  supported_protocols = ["Https"]
  patterns_to_match = ["/*"]
}
"""
)

ARM: tuple[dict[str, Any], ...] = (
    resource(
        f"{_NETWORK}/virtualNetworks",
        "n",
        properties={
            "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [
                {"name": "s", "properties": {"addressPrefix": "10.0.1.0/24"}},
                {"name": "front", "properties": {"addressPrefix": "10.0.2.0/24"}},
            ],
        },
    ),
    resource(f"{_NETWORK}/publicIPAddresses", "p", sku={"name": "Standard"}, properties={}),
    resource(
        f"{_NETWORK}/networkInterfaces",
        "i",
        properties={
            "ipConfigurations": [
                {
                    "name": "c",
                    "properties": {
                        "subnet": _of(_SUBNET, "n", "s"),
                        "privateIPAllocationMethod": "Static",
                        "privateIPAddress": "10.0.1.4",
                        "applicationGatewayBackendAddressPools": [_part("backendAddressPools", "vms")],
                    },
                }
            ]
        },
    ),
    resource(
        "Microsoft.Compute/virtualMachines",
        "m",
        properties={
            "networkProfile": {"networkInterfaces": [_of(f"{_NETWORK}/networkInterfaces", "i")]},
            "osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": True}},
        },
    ),
    resource("Microsoft.Web/sites", "a", properties={"siteConfig": {"ftpsState": "Disabled"}}),
    resource(
        f"{_NETWORK}/azureFirewalls",
        "f",
        properties={
            "firewallPolicy": _of(f"{_NETWORK}/firewallPolicies", "fp"),
            "ipConfigurations": [
                {
                    "name": "c",
                    "properties": {"subnet": _of(_SUBNET, "n", "front"), "publicIPAddress": _PUBLIC},
                }
            ],
        },
    ),
    resource(f"{_NETWORK}/firewallPolicies", "fp", properties={}),
    resource(
        f"{_NETWORK}/firewallPolicies/ruleCollectionGroups",
        "fp/g",
        properties={
            "priority": 100,
            "ruleCollections": [
                {
                    "ruleCollectionType": "FirewallPolicyNatRuleCollection",
                    "name": "nat",
                    "priority": 100,
                    "action": {"type": "DNAT"},
                    "rules": [
                        {
                            "ruleType": "NatRule",
                            "name": "ssh",
                            "ipProtocols": ["TCP"],
                            "sourceAddresses": ["*"],
                            "destinationAddresses": ["203.0.113.7"],
                            "destinationPorts": ["2222"],
                            "translatedAddress": "10.0.1.4",
                            "translatedPort": "22",
                        }
                    ],
                }
            ],
        },
    ),
    resource(
        _GATEWAY,
        "gw",
        properties={
            "sku": {"name": "Standard_v2", "tier": "Standard_v2"},
            "gatewayIPConfigurations": [{"name": "c", "properties": {"subnet": _of(_SUBNET, "n", "front")}}],
            "frontendIPConfigurations": [{"name": "out", "properties": {"publicIPAddress": _PUBLIC}}],
            "frontendPorts": [{"name": "https", "properties": {"port": 443}}],
            "backendAddressPools": [
                {"name": "vms", "properties": {}},
                {"name": "apps", "properties": {"backendAddresses": [{"fqdn": "a.azurewebsites.net"}]}},
            ],
            "backendHttpSettingsCollection": [
                {"name": "h", "properties": {"port": 8080, "protocol": "Http"}}
            ],
            "httpListeners": [
                {
                    "name": "l",
                    "properties": {
                        "frontendIPConfiguration": _part("frontendIPConfigurations", "out"),
                        "frontendPort": _part("frontendPorts", "https"),
                        "protocol": "Https",
                    },
                }
            ],
            "requestRoutingRules": [
                {
                    "name": "r",
                    "properties": {
                        "ruleType": "PathBasedRouting",
                        "httpListener": _part("httpListeners", "l"),
                        "urlPathMap": _part("urlPathMaps", "m"),
                    },
                }
            ],
            "urlPathMaps": [
                {
                    "name": "m",
                    "properties": {
                        "defaultBackendAddressPool": _part("backendAddressPools", "vms"),
                        "defaultBackendHttpSettings": _HTTP,
                        "pathRules": [
                            {
                                "name": "app",
                                "properties": {
                                    "paths": ["/app/*"],
                                    "backendAddressPool": _part("backendAddressPools", "apps"),
                                    "backendHttpSettings": _HTTP,
                                },
                            }
                        ],
                    },
                }
            ],
        },
    ),
    resource(_PROFILE, "fd", sku={"name": "Standard_AzureFrontDoor"}),
    resource(f"{_PROFILE}/afdEndpoints", "fd/e", properties={}),
    resource(f"{_PROFILE}/originGroups", "fd/og", properties={}),
    resource(
        f"{_PROFILE}/originGroups/origins",
        "fd/og/o",
        properties={"hostName": "a.azurewebsites.net", "enforceCertificateNameCheck": True},
    ),
    resource(
        f"{_PROFILE}/afdEndpoints/routes",
        "fd/e/r",
        properties={
            "originGroup": _of(f"{_PROFILE}/originGroups", "fd", "og"),
            "supportedProtocols": ["Https"],
            "httpsRedirect": "Enabled",
            "patternsToMatch": ["/*"],
        },
    ),
)

PAIR = Pair("ways", TERRAFORM, ARM)


def in_terraform(changes: list[tuple[str, str]], more: str = "") -> str:
    """Return the Terraform with each change made, every one of which has to meet something."""
    text = TERRAFORM
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text + more


def in_arm(changes: list[tuple[str, str]], more: tuple[dict[str, Any], ...] = ()) -> list[dict[str, Any]]:
    """Return the template's resources with each change made in their JSON."""
    text = json.dumps(ARM)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    found: list[dict[str, Any]] = [*json.loads(text), *more]
    return found
