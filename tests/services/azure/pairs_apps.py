"""Who reaches apps, and what else they run on, in Terraform and in an ARM template."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

_SUBNET = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/apps"
_ACCESS = Pair(
    "who reaches an app",
    PIN
    + f"""
resource "azurerm_windows_web_app" "shop" {{
  name                               = "shop"
  resource_group_name                = "rg"
  client_certificate_enabled         = true
  client_certificate_mode            = "Required"
  client_certificate_exclusion_paths = "/health"
  virtual_network_subnet_id          = "{_SUBNET}"
  site_config {{
    http2_enabled                 = true
    vnet_route_all_enabled        = true
    ip_restriction_default_action = "Allow"
    scm_use_main_ip_restriction   = false
    ip_restriction {{
      ip_address = "198.51.100.0/24"
      priority   = 100
      action     = "Allow"
    }}
    scm_ip_restriction_default_action = "Deny"
    scm_ip_restriction {{
      service_tag = "AzureCloud"
      action      = "Allow"
    }}
  }}
}}
resource "azurerm_windows_web_app_slot" "next" {{
  name           = "next"
  app_service_id = azurerm_windows_web_app.shop.id
  site_config {{ ip_restriction_default_action = "Deny" }}
}}
""",
    (
        resource(
            "Microsoft.Web/sites",
            "shop",
            properties={
                "clientCertEnabled": True,
                "clientCertMode": "Required",
                "clientCertExclusionPaths": "/health",
                "virtualNetworkSubnetId": _SUBNET,
                "publicNetworkAccess": "Enabled",
                "siteConfig": {
                    "http20Enabled": True,
                    "vnetRouteAllEnabled": True,
                    "ipSecurityRestrictionsDefaultAction": "Allow",
                    "scmIpSecurityRestrictionsUseMain": False,
                    "ipSecurityRestrictions": [
                        {"ipAddress": "198.51.100.0/24", "priority": 100, "action": "Allow"}
                    ],
                    "scmIpSecurityRestrictionsDefaultAction": "Deny",
                    "scmIpSecurityRestrictions": [
                        {"ipAddress": "AzureCloud", "tag": "ServiceTag", "action": "Allow"}
                    ],
                },
            },
            resources=[
                resource(
                    "slots",
                    "next",
                    properties={"siteConfig": {"ipSecurityRestrictionsDefaultAction": "Deny"}},
                )
            ],
        ),
    ),
    frozenset({"authentication", "plain_ftp"}),  # azurerm says more of them than a template does by itself
)
_NETWORK = Pair(
    "an app in a network, by a resource beside it",
    PIN
    + f"""
resource "azurerm_linux_web_app" "shop" {{
  name                = "shop"
  resource_group_name = "rg"
  site_config {{ vnet_route_all_enabled = false }}
}}
resource "azurerm_linux_web_app_slot" "next" {{
  name                      = "next"
  app_service_id            = azurerm_linux_web_app.shop.id
  virtual_network_subnet_id = "{_SUBNET}"
  site_config {{ vnet_route_all_enabled = true }}
}}
resource "azurerm_app_service_virtual_network_swift_connection" "shop" {{
  app_service_id = azurerm_linux_web_app.shop.id
  subnet_id      = "{_SUBNET}"
}}
""",
    (
        resource(
            "Microsoft.Web/sites",
            "shop",
            properties={"siteConfig": {"vnetRouteAllEnabled": False}},
            resources=[
                resource("networkConfig", "virtualNetwork", properties={"subnetResourceId": _SUBNET}),
                resource(
                    "slots",
                    "next",
                    properties={"siteConfig": {"vnetRouteAllEnabled": True}},
                    resources=[
                        resource("networkConfig", "virtualNetwork", properties={"subnetResourceId": _SUBNET})
                    ],
                ),
            ],
        ),
    ),
    frozenset({"authentication", "plain_ftp"}),
)
_INGRESS = Pair(
    "who reaches an app in a container",
    PIN
    + """
resource "azurerm_container_app_environment" "e" {
  name                           = "apps"
  resource_group_name            = "rg"
  internal_load_balancer_enabled = false
}
resource "azurerm_container_app" "a" {
  name                         = "api"
  resource_group_name          = "rg"
  container_app_environment_id = azurerm_container_app_environment.e.id
  ingress {
    external_enabled        = true
    transport               = "http"
    client_certificate_mode = "require"
    ip_security_restriction {
      name             = "office"
      action           = "Allow"
      ip_address_range = "198.51.100.0/24"
    }
  }
}
""",
    (
        resource(
            "Microsoft.App/managedEnvironments",
            "apps",
            properties={"vnetConfiguration": {"internal": False}},
        ),
        resource(
            "Microsoft.App/containerApps",
            "api",
            properties={
                "managedEnvironmentId": "[resourceId('Microsoft.App/managedEnvironments', 'apps')]",
                "configuration": {
                    "ingress": {
                        "external": True,
                        "transport": "http",
                        "clientCertificateMode": "require",
                        "ipSecurityRestrictions": [
                            {"name": "office", "action": "Allow", "ipAddressRange": "198.51.100.0/24"}
                        ],
                    }
                },
            },
        ),
    ),
    frozenset({"authentication"}),
)
APPS = (_ACCESS, _NETWORK, _INGRESS)
