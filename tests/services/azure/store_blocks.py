"""Pieces of a network around a store of data, each in Terraform and in a template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.services.azure.pairs import PIN, resource
from tfaudit.model.asset import Asset
from tfaudit.pipeline.examples import recorded
from tfaudit.services.registry import Registry, assets

_N = "Microsoft.Network"
_SUBNETS = f"{_N}/virtualNetworks/subnets"


class Piece(NamedTuple):
    """The same in Terraform and in a template."""

    terraform: str
    arm: tuple[dict[str, Any], ...]

    def with_(self, *changes: tuple[str, str, str, str]) -> Piece:
        """Return it with each change made: old and new text in Terraform, old and new text in the template's JSON."""
        text, made = self.terraform, json.dumps(self.arm)
        for old, new, old_arm, new_arm in changes:
            assert old in text, old
            assert old_arm in made, old_arm
            text = text.replace(old, new) if old else text
            made = made.replace(old_arm, new_arm)
        return Piece(text, tuple(json.loads(made)))


class Kind(NamedTuple):
    """A kind of store: its types, its kind of asset, its host in Terraform, the end of its name, what closes it."""

    terraform: str
    arm: str
    kind: str
    host: str
    suffix: str
    closed: tuple[str, str] = ("public_network_access_enabled = false", "publicNetworkAccess")


STORES = {
    "storage": Kind(
        "azurerm_storage_account",
        "Microsoft.Storage/storageAccounts",
        "object_store",
        "primary_blob_host",
        "blob.core.windows.net",
    ),
    "vault": Kind(
        "azurerm_key_vault", "Microsoft.KeyVault/vaults", "secret_store", "vault_uri", "vault.azure.net"
    ),
    "cosmos": Kind(
        "azurerm_cosmosdb_account",
        "Microsoft.DocumentDB/databaseAccounts",
        "database",
        "endpoint",
        "documents.azure.com",
    ),
    "sql": Kind(
        "azurerm_mssql_server",
        "Microsoft.Sql/servers",
        "database",
        "fully_qualified_domain_name",
        "database.windows.net",
    ),
    "postgres": Kind(
        "azurerm_postgresql_flexible_server",
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "database",
        "fqdn",
        "postgres.database.azure.com",
    ),
    "mysql": Kind(
        "azurerm_mysql_flexible_server",
        "Microsoft.DBforMySQL/flexibleServers",
        "database",
        "fqdn",
        "mysql.database.azure.com",
        ('public_network_access = "Disabled"', "network.publicNetworkAccess"),
    ),
    "redis": Kind(
        "azurerm_redis_cache", "Microsoft.Cache/redis", "cache", "hostname", "redis.cache.windows.net"
    ),
}


def id_(type_: str, *names: str) -> dict[str, str]:
    """Return an id as a template makes it."""
    return {"id": f"[resourceId({', '.join(repr(each) for each in (type_, *names))})]"}


def store(name: str, *, closed: bool = True, more: str = "", more_arm: dict[str, Any] | None = None) -> Piece:
    """Return a store called `orders`: closed to the public network, or as it is by default."""
    kind = STORES[name]
    said, path = kind.closed
    properties: dict[str, Any] = dict(more_arm or {})
    if closed:
        step, _, last = path.rpartition(".")
        inner = properties.setdefault(step, {}) if step else properties
        inner[last] = "Disabled"
        more = f"{said}\n{more}"
    if name == "postgres" and closed:
        properties = {
            **properties,
            "network": {**properties.pop("network", {}), "publicNetworkAccess": "Disabled"},
        }
        properties.pop("publicNetworkAccess", None)
    text = f'resource "{kind.terraform}" "orders" {{\n  name = "orders"\n  {more}\n}}\n'
    return Piece(text, (resource(kind.arm, "orders", properties=properties),))


def host(name: str) -> tuple[str, str]:
    """Return the host of the store, as it is named in Terraform and in a template."""
    kind = STORES[name]
    return f"{kind.terraform}.orders.{kind.host}", f"orders.{kind.suffix}"


NETWORK = Piece(
    PIN
    + """
variable "x" {}
resource "azurerm_virtual_network" "n" {
  name = "n"
}
resource "azurerm_subnet" "front" {
  name                 = "front"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.2.0/24"]
}
resource "azurerm_subnet" "ends" {
  name                 = "ends"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.3.0/24"]
}
resource "azurerm_public_ip" "p" {
  name = "p"
  sku  = "Standard"
}
""",
    (
        resource(
            f"{_N}/virtualNetworks",
            "n",
            properties={
                "subnets": [
                    {"name": "front", "properties": {"addressPrefix": "10.0.2.0/24"}},
                    {"name": "ends", "properties": {"addressPrefix": "10.0.3.0/24"}},
                ]
            },
        ),
        resource(f"{_N}/publicIPAddresses", "p", sku={"name": "Standard"}, properties={}),
    ),
)


def endpoint(name: str, address: str = "10.0.3.5") -> Piece:
    """Return a private endpoint of the store, with a fixed address, or one that Azure chooses for ""."""
    kind = STORES[name]
    fixed = (
        f'ip_configuration {{\n    name = "c"\n    private_ip_address = "{address}"\n  }}' if address else ""
    )
    text = f"""
resource "azurerm_private_endpoint" "e" {{
  name      = "e"
  subnet_id = azurerm_subnet.ends.id
  {fixed}
  private_service_connection {{
    name                           = "c"
    private_connection_resource_id = {kind.terraform}.orders.id
    is_manual_connection           = false
  }}
}}
"""
    properties: dict[str, Any] = {
        "subnet": id_(_SUBNETS, "n", "ends"),
        "privateLinkServiceConnections": [
            {"name": "c", "properties": {"privateLinkServiceId": id_(kind.arm, "orders")["id"]}}
        ],
    }
    if address:
        properties["ipConfigurations"] = [{"name": "c", "properties": {"privateIPAddress": address}}]
    return Piece(text, (resource(f"{_N}/privateEndpoints", "e", properties=properties),))


def firewall(to: tuple[str, str], *, by: str = "address", port: int = 5432) -> Piece:
    """Return a firewall whose rule translates to `to`, an expression in Terraform and a value in a template."""
    text = f"""
resource "azurerm_firewall" "f" {{
  name               = "f"
  firewall_policy_id = azurerm_firewall_policy.fp.id
  ip_configuration {{
    name                 = "c"
    subnet_id            = azurerm_subnet.front.id
    public_ip_address_id = azurerm_public_ip.p.id
  }}
}}
resource "azurerm_firewall_policy" "fp" {{
  name = "fp"
}}
resource "azurerm_firewall_policy_rule_collection_group" "g" {{
  name               = "g"
  firewall_policy_id = azurerm_firewall_policy.fp.id
  priority           = 100
  nat_rule_collection {{
    name     = "nat"
    action   = "Dnat"
    priority = 100
    rule {{
      name                = "data"
      protocols           = ["TCP"]
      source_addresses    = ["*"]
      destination_address = "203.0.113.7"
      destination_ports   = ["{port}"]
      translated_{"address" if by == "address" else "fqdn"} = {to[0]}
      translated_port     = {port}
    }}
  }}
}}
"""
    rule = {
        "ruleType": "NatRule",
        "name": "data",
        "ipProtocols": ["TCP"],
        "sourceAddresses": ["*"],
        "destinationAddresses": ["203.0.113.7"],
        "destinationPorts": [str(port)],
        "translatedAddress" if by == "address" else "translatedFqdn": to[1],
        "translatedPort": str(port),
    }
    made = (
        resource(
            f"{_N}/azureFirewalls",
            "f",
            properties={
                "firewallPolicy": id_(f"{_N}/firewallPolicies", "fp"),
                "ipConfigurations": [
                    {
                        "name": "c",
                        "properties": {
                            "subnet": id_(_SUBNETS, "n", "front"),
                            "publicIPAddress": id_(f"{_N}/publicIPAddresses", "p"),
                        },
                    }
                ],
            },
        ),
        resource(f"{_N}/firewallPolicies", "fp", properties={}),
        resource(
            f"{_N}/firewallPolicies/ruleCollectionGroups",
            "fp/g",
            properties={
                "priority": 100,
                "ruleCollections": [
                    {
                        "ruleCollectionType": "FirewallPolicyNatRuleCollection",
                        "name": "nat",
                        "priority": 100,
                        "action": {"type": "DNAT"},
                        "rules": [rule],
                    }
                ],
            },
        ),
    )
    return Piece(text, made)


def gateway(to: tuple[str, str], *, address: bool = False) -> Piece:
    """Return an Application Gateway whose pool holds `to`, a name, or an address."""
    word = "ip_addresses" if address else "fqdns"
    gateway_ = f"{_N}/applicationGateways"
    text = f"""
resource "azurerm_application_gateway" "gw" {{
  name = "gw"
  sku {{
    name = "Standard_v2"
    tier = "Standard_v2"
  }}
  gateway_ip_configuration {{
    name      = "c"
    subnet_id = azurerm_subnet.front.id
  }}
  frontend_ip_configuration {{
    name                 = "out"
    public_ip_address_id = azurerm_public_ip.p.id
  }}
  frontend_port {{
    name = "https"
    port = 443
  }}
  backend_address_pool {{
    name = "stores"
    {word} = [{to[0]}]
  }}
  backend_http_settings {{
    name                  = "h"
    port                  = 443
    protocol              = "Https"
    cookie_based_affinity = "Disabled"
  }}
  http_listener {{
    name                           = "l"
    frontend_ip_configuration_name = "out"
    frontend_port_name             = "https"
    protocol                       = "Https"
  }}
  request_routing_rule {{
    name                       = "r"
    rule_type                  = "Basic"
    http_listener_name         = "l"
    backend_address_pool_name  = "stores"
    backend_http_settings_name = "h"
    priority                   = 1
  }}
}}
"""
    made = resource(
        gateway_,
        "gw",
        properties={
            "sku": {"name": "Standard_v2", "tier": "Standard_v2"},
            "gatewayIPConfigurations": [{"name": "c", "properties": {"subnet": id_(_SUBNETS, "n", "front")}}],
            "frontendIPConfigurations": [
                {"name": "out", "properties": {"publicIPAddress": id_(f"{_N}/publicIPAddresses", "p")}}
            ],
            "frontendPorts": [{"name": "https", "properties": {"port": 443}}],
            "backendAddressPools": [
                {
                    "name": "stores",
                    "properties": {"backendAddresses": [{"ipAddress" if address else "fqdn": to[1]}]},
                }
            ],
            "backendHttpSettingsCollection": [
                {"name": "h", "properties": {"port": 443, "protocol": "Https"}}
            ],
            "httpListeners": [
                {
                    "name": "l",
                    "properties": {
                        "frontendIPConfiguration": id_(f"{gateway_}/frontendIPConfigurations", "gw", "out"),
                        "frontendPort": id_(f"{gateway_}/frontendPorts", "gw", "https"),
                        "protocol": "Https",
                    },
                }
            ],
            "requestRoutingRules": [
                {
                    "name": "r",
                    "properties": {
                        "ruleType": "Basic",
                        "httpListener": id_(f"{gateway_}/httpListeners", "gw", "l"),
                        "backendAddressPool": id_(f"{gateway_}/backendAddressPools", "gw", "stores"),
                        "backendHttpSettings": id_(f"{gateway_}/backendHttpSettingsCollection", "gw", "h"),
                    },
                }
            ],
        },
    )
    return Piece(text, (made,))


def front_door(to: tuple[str, str], link: tuple[str, dict[str, Any]] | None = None) -> Piece:
    """Return a Front Door with one origin, by a private link to `link` where there is one."""
    linked = ""
    properties: dict[str, Any] = {"hostName": to[1], "enforceCertificateNameCheck": True}
    if link is not None:
        linked = f'private_link {{\n    location = "westeurope"\n    private_link_target_id = {link[0]}\n  }}'
        properties["sharedPrivateLinkResource"] = {
            "privateLink": link[1],
            "privateLinkLocation": "westeurope",
            "requestMessage": "please",
        }
    text = f"""
resource "azurerm_cdn_frontdoor_profile" "fd" {{
  name     = "fd"
  sku_name = "Premium_AzureFrontDoor"
}}
resource "azurerm_cdn_frontdoor_endpoint" "fe" {{
  name                     = "fe"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}}
resource "azurerm_cdn_frontdoor_origin_group" "og" {{
  name                     = "og"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.fd.id
}}
resource "azurerm_cdn_frontdoor_origin" "o" {{
  name                           = "o"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.og.id
  host_name                      = {to[0]}
  certificate_name_check_enabled = true
  {linked}
}}
resource "azurerm_cdn_frontdoor_route" "r" {{
  name                          = "r"
  cdn_frontdoor_endpoint_id     = azurerm_cdn_frontdoor_endpoint.fe.id
  cdn_frontdoor_origin_group_id = azurerm_cdn_frontdoor_origin_group.og.id
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.o.id]
  supported_protocols           = ["Https"]
  patterns_to_match             = ["/*"]
}}
"""
    cdn = "Microsoft.Cdn/profiles"
    made = (
        resource(cdn, "fd", sku={"name": "Premium_AzureFrontDoor"}),
        resource(f"{cdn}/afdEndpoints", "fd/fe", properties={}),
        resource(f"{cdn}/originGroups", "fd/og", properties={}),
        resource(f"{cdn}/originGroups/origins", "fd/og/o", properties=properties),
        resource(
            f"{cdn}/afdEndpoints/routes",
            "fd/fe/r",
            properties={"originGroup": id_(f"{cdn}/originGroups", "fd", "og"), "patternsToMatch": ["/*"]},
        ),
    )
    return Piece(text, made)


def terraform(pieces: Iterable[Piece]) -> str:
    """Return the text of all pieces."""
    return "\n".join(each.terraform for each in pieces)


def template(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    """Return the resources of all pieces."""
    return [made for each in pieces for made in each.arm]


_ID = re.compile(r"\[resourceId\(('[^\]]*')\)\]")
_GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers"


def _whole_id(type_: str, names: list[str]) -> str:
    namespace, *types = type_.split("/")
    steps = [step for pair in zip(types, names, strict=True) for step in pair]
    return f"{_GROUP}/{namespace}/{'/'.join(steps)}"


def _named(found: re.Match[str]) -> str:
    type_, *names = re.findall(r"'([^']+)'", found[1])
    return _whole_id(type_, names)


def _bodies(resources: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in json.loads(_ID.sub(_named, json.dumps(list(resources)))):
        body = {name: value for name, value in each.items() if name not in ("type", "apiVersion", "name")}
        properties = {"provisioningState": "Succeeded", **body.pop("properties", {})}
        yield {"id": _whole_id(each["type"], each["name"].split("/")), **body, "properties": properties}


ASKED = (
    "microsoft.network/azurefirewalls",
    "microsoft.network/firewallpolicies",
    "microsoft.network/firewallpolicies/rulecollectiongroups",
    "microsoft.network/ipgroups",
    "microsoft.network/applicationgateways",
    "microsoft.network/applicationgatewaywebapplicationfirewallpolicies",
    "microsoft.network/networksecuritygroups",
    "microsoft.network/networksecuritygroups/securityrules",
    "microsoft.network/virtualnetworks",
    "microsoft.network/virtualnetworks/subnets",
    "microsoft.network/publicipaddresses",
    "microsoft.network/networkinterfaces",
    "microsoft.network/loadbalancers",
    "microsoft.network/loadbalancers/inboundnatrules",
    "microsoft.network/privateendpoints",
    "microsoft.network/privatelinkservices",
    "microsoft.network/routetables",
    "microsoft.network/routetables/routes",
    "microsoft.network/trafficmanagerprofiles",
    "microsoft.network/frontdoors",
    "microsoft.cdn/profiles",
    "microsoft.cdn/profiles/endpoints",
    "microsoft.cdn/profiles/afdendpoints",
    "microsoft.cdn/profiles/afdendpoints/routes",
    "microsoft.cdn/profiles/origingroups",
    "microsoft.cdn/profiles/origingroups/origins",
    "microsoft.cdn/profiles/securitypolicies",
    "microsoft.apimanagement/service",
    "microsoft.apimanagement/service/apis",
    "microsoft.apimanagement/service/backends",
    "microsoft.apimanagement/service/apis/policies",
    "microsoft.apimanagement/service/policies",
    "microsoft.web/sites/hostnamebindings",
    "microsoft.web/sites/config",
    "microsoft.dbforpostgresql/flexibleservers/firewallrules",
    "microsoft.dbformysql/flexibleservers/firewallrules",
    "microsoft.sql/servers/firewallrules",
    "microsoft.cache/redis/firewallrules",
)
"""The types that a live subscription was asked for."""


def live(resources: Iterable[dict[str, Any]], asked: Iterable[str] = ASKED) -> list[Asset]:
    """Return the assets of a subscription that holds `resources`, each of which stands there with its whole id."""
    found = recorded({"azure": list(_bodies(resources)), "asked": list(asked)}, "")
    return [each for each in assets(found, Registry()) if isinstance(each, Asset)]
