"""Pairs of networks: plans against floods, ways out, names, and what rules name machines by."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

_PLAN = "[resourceId('Microsoft.Network/ddosProtectionPlans', 'corp')]"
_FLOODS = Pair(
    "plans against floods",
    PIN
    + """
resource "azurerm_network_ddos_protection_plan" "corp" {
  name                = "corp"
  resource_group_name = "rg"
  tags                = { owner = "network" }
}
resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  ddos_protection_plan {
    id     = azurerm_network_ddos_protection_plan.corp.id
    enable = true
  }
}
resource "azurerm_network_ddos_protection_plan" "off" {
  name                = "off"
  resource_group_name = "rg"
}
resource "azurerm_public_ip" "front" {
  name                 = "front"
  resource_group_name  = "rg"
  sku                  = "Standard"
  ddos_protection_mode = "Disabled"
}
resource "azurerm_public_ip" "back" {
  name                 = "back"
  resource_group_name  = "rg"
  sku                  = "Standard"
  ddos_protection_mode = "VirtualNetworkInherited"
}
""",
    (
        resource("Microsoft.Network/ddosProtectionPlans", "corp", tags={"owner": "network"}),
        resource(
            "Microsoft.Network/virtualNetworks",
            "hub",
            properties={"enableDdosProtection": True, "ddosProtectionPlan": {"id": _PLAN}},
        ),
        resource("Microsoft.Network/ddosProtectionPlans", "off"),
        resource(
            "Microsoft.Network/publicIPAddresses",
            "front",
            sku={"name": "Standard"},
            properties={"ddosSettings": {"protectionMode": "Disabled"}},
        ),
        resource(
            "Microsoft.Network/publicIPAddresses",
            "back",
            sku={"name": "Standard"},
            properties={"ddosSettings": {"protectionMode": "VirtualNetworkInherited"}},
        ),
    ),
)
_WAYS_OUT = Pair(
    "ways out",
    PIN
    + """
resource "azurerm_nat_gateway" "one" {
  name                = "one"
  resource_group_name = "rg"
}
resource "azurerm_nat_gateway" "all" {
  name                = "all"
  resource_group_name = "rg"
  sku_name            = "StandardV2"
  tags                = { owner = "network" }
}
resource "azurerm_firewall" "zonal" {
  name                = "zonal"
  resource_group_name = "rg"
  zones               = ["1"]
}
resource "azurerm_application_security_group" "fronts" {
  name                = "fronts"
  resource_group_name = "rg"
  tags                = { owner = "shop" }
}
""",
    (
        resource("Microsoft.Network/natGateways", "one", sku={"name": "Standard"}),
        resource(
            "Microsoft.Network/natGateways", "all", sku={"name": "StandardV2"}, tags={"owner": "network"}
        ),
        resource("Microsoft.Network/azureFirewalls", "zonal", zones=["1"], properties={}),
        resource("Microsoft.Network/applicationSecurityGroups", "fronts", tags={"owner": "shop"}),
    ),
)
_NAMES = Pair(
    "zones of names",
    PIN
    + """
resource "azurerm_private_dns_zone" "blob" {
  name                = "privatelink.blob.core.windows.net"
  resource_group_name = "rg"
}
resource "azurerm_private_dns_zone_virtual_network_link" "hub" {
  name                  = "hub"
  resource_group_name   = "rg"
  private_dns_zone_name = azurerm_private_dns_zone.blob.name
  virtual_network_id    = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub"
  registration_enabled  = true
}
resource "azurerm_private_dns_zone" "alone" {
  name                = "alone.internal"
  resource_group_name = "rg"
  tags                = { owner = "network" }
}
resource "azurerm_dns_zone" "shop" {
  name                = "shop.example.org"
  resource_group_name = "rg"
}
""",
    (
        resource("Microsoft.Network/privateDnsZones", "privatelink.blob.core.windows.net"),
        resource(
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            "privatelink.blob.core.windows.net/hub",
            properties={
                "registrationEnabled": True,
                "virtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'hub')]"},
            },
        ),
        resource("Microsoft.Network/privateDnsZones", "alone.internal", tags={"owner": "network"}),
        resource("Microsoft.Network/dnsZones", "shop.example.org"),
    ),
    differing=frozenset({"signed"}),
)

_TLS_10 = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10"
_BACKENDS = Pair(
    "what gateways send to",
    PIN
    + """
resource "azurerm_api_management" "old" {
  name                = "old"
  resource_group_name = "rg"
  security {
    frontend_tls10_enabled = true
  }
}
resource "azurerm_api_management_backend" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  api_management_name = azurerm_api_management.old.name
  protocol            = "http"
  url                 = "https://orders.example.org"
  tls {
    validate_certificate_chain = false
    validate_certificate_name  = true
  }
}
resource "azurerm_api_management_backend" "plain" {
  name                = "plain"
  resource_group_name = "rg"
  api_management_name = azurerm_api_management.old.name
  protocol            = "http"
  url                 = "http://orders.example.org"
}
resource "azurerm_cdn_frontdoor_profile" "front" {
  name                = "front"
  resource_group_name = "rg"
  sku_name            = "Standard_AzureFrontDoor"
}
resource "azurerm_cdn_frontdoor_origin_group" "shop" {
  name                     = "shop"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.front.id
}
resource "azurerm_cdn_frontdoor_origin" "first" {
  name                           = "first"
  cdn_frontdoor_origin_group_id  = azurerm_cdn_frontdoor_origin_group.shop.id
  host_name                      = "shop.example.org"
  certificate_name_check_enabled = false
}
""",
    (
        resource(
            "Microsoft.ApiManagement/service", "old", properties={"customProperties": {_TLS_10: "true"}}
        ),
        resource(
            "Microsoft.ApiManagement/service/backends",
            "old/orders",
            properties={
                "protocol": "http",
                "url": "https://orders.example.org",
                "tls": {"validateCertificateChain": False, "validateCertificateName": True},
            },
        ),
        resource(
            "Microsoft.ApiManagement/service/backends",
            "old/plain",
            properties={"protocol": "http", "url": "http://orders.example.org"},
        ),
        resource("Microsoft.Cdn/profiles", "front", sku={"name": "Standard_AzureFrontDoor"}),
        resource("Microsoft.Cdn/profiles/originGroups", "front/shop", properties={}),
        resource(
            "Microsoft.Cdn/profiles/originGroups/origins",
            "front/shop/first",
            properties={"hostName": "shop.example.org", "enforceCertificateNameCheck": False},
        ),
    ),
)
_TOPICS = Pair(
    "topics",
    PIN
    + """
resource "azurerm_servicebus_namespace" "orders" {
  name                = "orders"
  resource_group_name = "rg"
}
resource "azurerm_servicebus_topic" "placed" {
  name         = "placed"
  namespace_id = azurerm_servicebus_namespace.orders.id
}
resource "azurerm_servicebus_subscription" "billing" {
  name                                 = "billing"
  topic_id                             = azurerm_servicebus_topic.placed.id
  dead_lettering_on_message_expiration = true
}
""",
    (
        resource("Microsoft.ServiceBus/namespaces", "orders", properties={}),
        resource("Microsoft.ServiceBus/namespaces/topics", "orders/placed", properties={}),
        resource(
            "Microsoft.ServiceBus/namespaces/topics/subscriptions",
            "orders/placed/billing",
            properties={"deadLetteringOnMessageExpiration": True},
        ),
    ),
)

_HUBS = Pair(
    "tunnels of hubs",
    PIN
    + """
resource "azurerm_vpn_gateway" "hub" {
  name                = "hub"
  resource_group_name = "rg"
}
resource "azurerm_vpn_gateway_connection" "office" {
  name           = "office"
  vpn_gateway_id = azurerm_vpn_gateway.hub.id
  vpn_link {
    name             = "first"
    vpn_site_link_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/vpnSites/o/vpnSiteLinks/a"
    protocol         = "IKEv1"
    shared_key       = "not-a-good-one"
    ipsec_policy {
      dh_group                 = "DHGroup2"
      ike_encryption_algorithm = "AES256"
      ike_integrity_algorithm  = "SHA1"
      encryption_algorithm     = "GCMAES256"
      integrity_algorithm      = "GCMAES256"
      pfs_group                = "PFS2048"
      sa_data_size_kb          = 102400000
      sa_lifetime_sec          = 27000
    }
  }
}
resource "azurerm_vpn_server_configuration" "people" {
  name                     = "people"
  resource_group_name      = "rg"
  vpn_authentication_types = ["AAD", "Certificate"]
}
""",
    (
        resource("Microsoft.Network/vpnGateways", "hub", properties={}),
        resource(
            "Microsoft.Network/vpnGateways/vpnConnections",
            "hub/office",
            properties={
                "vpnLinkConnections": [
                    {
                        "name": "first",
                        "properties": {
                            "vpnConnectionProtocolType": "IKEv1",
                            "sharedKey": "not-a-good-one",
                            "ipsecPolicies": [
                                {
                                    "dhGroup": "DHGroup2",
                                    "ikeEncryption": "AES256",
                                    "ikeIntegrity": "SHA1",
                                    "ipsecEncryption": "GCMAES256",
                                    "ipsecIntegrity": "GCMAES256",
                                    "pfsGroup": "PFS2048",
                                }
                            ],
                        },
                    }
                ]
            },
        ),
        resource(
            "Microsoft.Network/vpnServerConfigurations",
            "people",
            properties={"vpnAuthenticationTypes": ["AAD", "Certificate"]},
        ),
    ),
)

NETWORK = (_FLOODS, _WAYS_OUT, _NAMES, _BACKENDS, _TOPICS, _HUBS)
