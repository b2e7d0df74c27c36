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
    frozenset({"plain_ftp"}),  # azurerm has its own default
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
resource "azurerm_linux_web_app_slot" "last" {{
  name           = "last"
  app_service_id = azurerm_linux_web_app.shop.id
  site_config {{ vnet_route_all_enabled = true }}
}}
resource "azurerm_app_service_slot_virtual_network_swift_connection" "last" {{
  app_service_id = azurerm_linux_web_app.shop.id
  slot_name      = azurerm_linux_web_app_slot.last.name
  subnet_id      = "{_SUBNET}"
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
                resource(
                    "slots",
                    "last",
                    properties={"siteConfig": {"vnetRouteAllEnabled": True}},
                    resources=[
                        resource("networkConfig", "virtualNetwork", properties={"subnetResourceId": _SUBNET})
                    ],
                ),
            ],
        ),
    ),
    frozenset({"plain_ftp"}),
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
_POOLS = Pair(
    "what jobs and questions run on",
    PIN
    + """
resource "azurerm_batch_account" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
}
resource "azurerm_batch_pool" "nodes" {
  name                = "nodes"
  resource_group_name = "rg"
  account_name        = azurerm_batch_account.jobs.name
  network_configuration {
    public_address_provisioning_type = "BatchManaged"
    endpoint_configuration {
      name                = "shell"
      backend_port        = 22
      protocol            = "TCP"
      frontend_port_range = "4000-4100"
      network_security_group_rules {
        access                = "Allow"
        priority              = 170
        source_address_prefix = "Internet"
      }
    }
  }
}
resource "azurerm_batch_pool" "closed" {
  name                = "closed"
  resource_group_name = "rg"
  account_name        = azurerm_batch_account.jobs.name
  disk_encryption { disk_encryption_target = "OsDisk" }
  disk_encryption { disk_encryption_target = "TemporaryDisk" }
  user_accounts {
    name     = "ops"
    password = "not-a-good-one"
  }
  network_configuration {
    public_address_provisioning_type = "NoPublicIPAddresses"
  }
}
resource "azurerm_synapse_workspace" "reports" {
  name                = "reports"
  resource_group_name = "rg"
}
resource "azurerm_synapse_workspace_extended_auditing_policy" "reports" {
  synapse_workspace_id = azurerm_synapse_workspace.reports.id
}
resource "azurerm_synapse_workspace_security_alert_policy" "reports" {
  synapse_workspace_id = azurerm_synapse_workspace.reports.id
  policy_state         = "Enabled"
}
resource "azurerm_synapse_workspace_vulnerability_assessment" "reports" {
  workspace_security_alert_policy_id = azurerm_synapse_workspace_security_alert_policy.reports.id
  recurring_scans { enabled = true }
}
resource "azurerm_synapse_sql_pool" "orders" {
  name                      = "orders"
  synapse_workspace_id      = azurerm_synapse_workspace.reports.id
  data_encrypted            = true
  geo_backup_policy_enabled = false
  tags                      = { owner = "shop" }
}
""",
    (
        resource(
            "Microsoft.Batch/batchAccounts",
            "jobs",
            resources=[
                resource(
                    "pools",
                    "nodes",
                    properties={
                        "networkConfiguration": {
                            "publicIPAddressConfiguration": {"provision": "BatchManaged"},
                            "endpointConfiguration": {
                                "inboundNatPools": [
                                    {
                                        "name": "shell",
                                        "backendPort": 22,
                                        "networkSecurityGroupRules": [
                                            {
                                                "access": "Allow",
                                                "priority": 170,
                                                "sourceAddressPrefix": "Internet",
                                            }
                                        ],
                                    }
                                ]
                            },
                        }
                    },
                ),
                resource(
                    "pools",
                    "closed",
                    properties={
                        "deploymentConfiguration": {
                            "virtualMachineConfiguration": {
                                "diskEncryptionConfiguration": {"targets": ["OsDisk", "TemporaryDisk"]}
                            }
                        },
                        "userAccounts": [{"name": "ops", "password": "not-a-good-one"}],
                        "networkConfiguration": {
                            "publicIPAddressConfiguration": {"provision": "NoPublicIPAddresses"}
                        },
                    },
                ),
            ],
            properties={},
        ),
        resource(
            "Microsoft.Synapse/workspaces",
            "reports",
            properties={},
            resources=[
                resource("extendedAuditingSettings", "default", properties={"state": "Enabled"}),
                resource("securityAlertPolicies", "default", properties={"state": "Enabled"}),
                resource(
                    "vulnerabilityAssessments",
                    "default",
                    properties={"recurringScans": {"isEnabled": True}},
                ),
                resource(
                    "sqlPools",
                    "orders",
                    tags={"owner": "shop"},
                    properties={},
                    resources=[
                        resource("transparentDataEncryption", "current", properties={"status": "Enabled"}),
                        resource("geoBackupPolicies", "Default", properties={"state": "Disabled"}),
                    ],
                ),
            ],
        ),
    ),
)
_AROUND = Pair(
    "what stands around apps",
    PIN
    + """
resource "azurerm_app_service_environment_v3" "inside" {
  name                         = "inside"
  resource_group_name          = "rg"
  internal_load_balancing_mode = "Web, Publishing"
  cluster_setting {
    name  = "DisableTls1.0"
    value = "1"
  }
  cluster_setting {
    name  = "InternalEncryption"
    value = "true"
  }
}
resource "azurerm_service_plan" "plan" {
  name                       = "plan"
  resource_group_name        = "rg"
  sku_name                   = "I1v2"
  app_service_environment_id = azurerm_app_service_environment_v3.inside.id
}
resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  service_plan_id     = azurerm_service_plan.plan.id
  site_config { ftps_state = "Disabled" }
}
resource "azurerm_shared_image_gallery" "images" {
  name                = "images"
  resource_group_name = "rg"
  tags                = { owner = "shop" }
  sharing { permission = "Community" }
}
resource "azurerm_email_communication_service" "mail" {
  name                = "mail"
  resource_group_name = "rg"
  tags                = { owner = "shop" }
}
resource "azurerm_eventgrid_topic" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  inbound_ip_rule { ip_mask = "198.51.100.0/24" }
}
resource "azurerm_search_service" "catalogue" {
  name                = "catalogue"
  resource_group_name = "rg"
  allowed_ips         = ["198.51.100.0/24"]
}
resource "azurerm_api_management" "apis" {
  name                = "apis"
  resource_group_name = "rg"
}
resource "azurerm_api_management_named_value" "key" {
  name                = "key"
  resource_group_name = "rg"
  api_management_name = azurerm_api_management.apis.name
  display_name        = "orders-api-key"
  secret              = true
  value               = "not-a-good-one"
}
resource "azurerm_api_management_named_value" "address" {
  name                = "address"
  resource_group_name = "rg"
  api_management_name = azurerm_api_management.apis.name
  display_name        = "orders-address"
  value               = "https://orders.example.org"
}
""",
    (
        resource(
            "Microsoft.Web/hostingEnvironments",
            "inside",
            properties={
                "internalLoadBalancingMode": "Web, Publishing",
                "clusterSettings": [
                    {"name": "DisableTls1.0", "value": "1"},
                    {"name": "InternalEncryption", "value": "true"},
                ],
            },
        ),
        resource(
            "Microsoft.Web/serverfarms",
            "plan",
            sku={"name": "I1v2"},
            properties={
                "hostingEnvironmentProfile": {
                    "id": "[resourceId('Microsoft.Web/hostingEnvironments', 'inside')]"
                }
            },
        ),
        resource(
            "Microsoft.Web/sites",
            "shop",
            properties={
                "serverFarmId": "[resourceId('Microsoft.Web/serverfarms', 'plan')]",
                "siteConfig": {"ftpsState": "Disabled"},
            },
        ),
        resource(
            "Microsoft.Compute/galleries",
            "images",
            tags={"owner": "shop"},
            properties={"sharingProfile": {"permissions": "Community"}},
        ),
        resource("Microsoft.Communication/emailServices", "mail", tags={"owner": "shop"}, properties={}),
        resource(
            "Microsoft.EventGrid/topics",
            "orders",
            properties={"inboundIpRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]},
        ),
        resource(
            "Microsoft.Search/searchServices",
            "catalogue",
            properties={"networkRuleSet": {"ipRules": [{"value": "198.51.100.0/24"}]}},
        ),
        resource(
            "Microsoft.ApiManagement/service",
            "apis",
            properties={},
            resources=[
                resource(
                    "namedValues",
                    "key",
                    properties={"displayName": "orders-api-key", "secret": True, "value": "not-a-good-one"},
                ),
                resource(
                    "namedValues",
                    "address",
                    properties={"displayName": "orders-address", "value": "https://orders.example.org"},
                ),
            ],
        ),
    ),
)
APPS = (_ACCESS, _NETWORK, _INGRESS, _POOLS, _AROUND)
