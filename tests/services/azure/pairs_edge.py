"""The same things of Azure in Terraform and in an ARM template: edges of networks and platforms for applications."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

_STORE_ID = "[resourceId('Microsoft.Storage/storageAccounts', 'private')]"
_ENDPOINT = Pair(
    "private endpoint",
    PIN
    + """
resource "azurerm_storage_account" "private" {
  name                     = "private"
  resource_group_name      = "rg"
  account_kind             = "StorageV2"
  account_replication_type = "LRS"
  min_tls_version          = "TLS1_2"
}
resource "azurerm_private_endpoint" "e" {
  name                = "blob"
  resource_group_name = "rg"
  subnet_id           = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/s"
  private_service_connection {
    name                           = "c"
    private_connection_resource_id = azurerm_storage_account.private.id
    is_manual_connection           = false
    subresource_names              = ["blob"]
  }
  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = ["/z"]
  }
}
""",
    (
        resource(
            "Microsoft.Storage/storageAccounts",
            "private",
            kind="StorageV2",
            sku={"name": "Standard_LRS"},
            properties={"minimumTlsVersion": "TLS1_2"},
        ),
        resource(
            "Microsoft.Network/privateEndpoints",
            "blob",
            properties={
                "privateLinkServiceConnections": [
                    {"name": "c", "properties": {"privateLinkServiceId": _STORE_ID, "groupIds": ["blob"]}}
                ]
            },
            resources=[
                resource(
                    "privateDnsZoneGroups",
                    "default",
                    properties={
                        "privateDnsZoneConfigs": [{"name": "z", "properties": {"privateDnsZoneId": "/z"}}]
                    },
                )
            ],
        ),
    ),
    frozenset({"public_access_blocked", "shared_key_days", "cross_tenant_copies"}),
)

_WAF_GATEWAY = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies"
_WAF_DOOR = "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies"
_WAF = Pair(
    "waf policies",
    PIN
    + """
resource "azurerm_web_application_firewall_policy" "g" {
  name                = "gateway"
  resource_group_name = "rg"
  policy_settings {
    enabled            = true
    mode               = "Detection"
    request_body_check = false
  }
  managed_rules {
    managed_rule_set {
      type    = "OWASP"
      version = "3.2"
    }
    managed_rule_set {
      type    = "Microsoft_BotManagerRuleSet"
      version = "1.0"
    }
  }
}
resource "azurerm_cdn_frontdoor_firewall_policy" "d" {
  name                       = "door"
  resource_group_name        = "rg"
  sku_name                   = "Premium_AzureFrontDoor"
  enabled                    = true
  mode                       = "Prevention"
  request_body_check_enabled = true
  managed_rule {
    type    = "Microsoft_DefaultRuleSet"
    version = "2.1"
    action  = "Block"
  }
}
""",
    (
        resource(
            _WAF_GATEWAY,
            "gateway",
            properties={
                "policySettings": {"state": "Enabled", "mode": "Detection", "requestBodyCheck": False},
                "managedRules": {
                    "managedRuleSets": [
                        {"ruleSetType": "OWASP", "ruleSetVersion": "3.2"},
                        {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.0"},
                    ]
                },
            },
        ),
        resource(
            _WAF_DOOR,
            "door",
            sku={"name": "Premium_AzureFrontDoor"},
            properties={
                "policySettings": {
                    "enabledState": "Enabled",
                    "mode": "Prevention",
                    "requestBodyCheck": "Enabled",
                },
                "managedRules": {
                    "managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}]
                },
            },
        ),
    ),
)
_FRONT_DOOR = Pair(
    "front door",
    PIN
    + """
resource "azurerm_cdn_frontdoor_profile" "p" {
  name                = "edge"
  resource_group_name = "rg"
  sku_name            = "Premium_AzureFrontDoor"
  tags                = { owner = "shop" }
}
resource "azurerm_cdn_frontdoor_endpoint" "e" {
  name                     = "shop"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.p.id
}
resource "azurerm_cdn_frontdoor_route" "r" {
  name                      = "all"
  cdn_frontdoor_endpoint_id = azurerm_cdn_frontdoor_endpoint.e.id
  supported_protocols       = ["Http", "Https"]
  https_redirect_enabled    = true
  patterns_to_match         = ["/*"]
}
resource "azurerm_cdn_frontdoor_custom_domain" "d" {
  name                     = "shop-example"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.p.id
  host_name                = "shop.example.org"
  tls {
    certificate_type    = "ManagedCertificate"
    minimum_tls_version = "TLS12"
  }
}
resource "azurerm_cdn_frontdoor_firewall_policy" "w" {
  name                       = "doorwaf"
  resource_group_name        = "rg"
  sku_name                   = "Premium_AzureFrontDoor"
  enabled                    = true
  mode                       = "Prevention"
  request_body_check_enabled = true
}
resource "azurerm_cdn_frontdoor_security_policy" "s" {
  name                     = "guard"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.p.id
  security_policies {
    firewall {
      cdn_frontdoor_firewall_policy_id = azurerm_cdn_frontdoor_firewall_policy.w.id
      association {
        domain { cdn_frontdoor_domain_id = azurerm_cdn_frontdoor_endpoint.e.id }
        domain { cdn_frontdoor_domain_id = azurerm_cdn_frontdoor_custom_domain.d.id }
        patterns_to_match = ["/*"]
      }
    }
  }
}
""",
    (
        resource(
            "Microsoft.Cdn/profiles",
            "edge",
            sku={"name": "Premium_AzureFrontDoor"},
            tags={"owner": "shop"},
            properties={},
        ),
        resource("Microsoft.Cdn/profiles/afdEndpoints", "edge/shop", properties={}),
        resource(
            "Microsoft.Cdn/profiles/afdEndpoints/routes",
            "edge/shop/all",
            properties={
                "supportedProtocols": ["Http", "Https"],
                "httpsRedirect": "Enabled",
                "patternsToMatch": ["/*"],
            },
        ),
        resource(
            "Microsoft.Cdn/profiles/customDomains",
            "edge/shop-example",
            properties={
                "hostName": "shop.example.org",
                "tlsSettings": {"certificateType": "ManagedCertificate", "minimumTlsVersion": "TLS12"},
            },
        ),
        resource(
            _WAF_DOOR,
            "doorwaf",
            sku={"name": "Premium_AzureFrontDoor"},
            properties={
                "policySettings": {
                    "enabledState": "Enabled",
                    "mode": "Prevention",
                    "requestBodyCheck": "Enabled",
                }
            },
        ),
        resource(
            "Microsoft.Cdn/profiles/securityPolicies",
            "edge/guard",
            properties={
                "parameters": {
                    "type": "WebApplicationFirewall",
                    "wafPolicy": {"id": f"[resourceId('{_WAF_DOOR}', 'doorwaf')]"},
                    "associations": [
                        {
                            "domains": [
                                {"id": "[resourceId('Microsoft.Cdn/profiles/afdEndpoints', 'edge', 'shop')]"},
                                {
                                    "id": "[resourceId('Microsoft.Cdn/profiles/customDomains', 'edge', "
                                    "'shop-example')]"
                                },
                            ],
                            "patternsToMatch": ["/*"],
                        }
                    ],
                }
            },
        ),
    ),
)
_CLASSIC = Pair(
    "front door classic",
    PIN
    + """
resource "azurerm_frontdoor" "f" {
  name                = "older"
  resource_group_name = "rg"
  frontend_endpoint {
    name                                    = "default"
    host_name                               = "older.azurefd.net"
    web_application_firewall_policy_link_id = azurerm_frontdoor_firewall_policy.w.id
  }
  routing_rule {
    name               = "plain"
    accepted_protocols = ["Http"]
    frontend_endpoints = ["default"]
    patterns_to_match  = ["/*"]
    redirect_configuration {
      redirect_protocol = "HttpsOnly"
      redirect_type     = "Moved"
    }
  }
  routing_rule {
    name               = "both"
    accepted_protocols = ["Http", "Https"]
    frontend_endpoints = ["default"]
    patterns_to_match  = ["/app/*"]
    forwarding_configuration {
      backend_pool_name = "app"
    }
  }
}
resource "azurerm_frontdoor_firewall_policy" "w" {
  name                = "olderwaf"
  resource_group_name = "rg"
  enabled             = true
  mode                = "Detection"
}
""",
    (
        resource(
            "Microsoft.Network/frontDoors",
            "older",
            properties={
                "frontendEndpoints": [
                    {
                        "name": "default",
                        "properties": {
                            "hostName": "older.azurefd.net",
                            "webApplicationFirewallPolicyLink": {
                                "id": f"[resourceId('{_WAF_DOOR}', 'olderwaf')]"
                            },
                        },
                    }
                ],
                "routingRules": [
                    {
                        "name": "plain",
                        "properties": {
                            "acceptedProtocols": ["Http"],
                            "patternsToMatch": ["/*"],
                            "routeConfiguration": {
                                "redirectProtocol": "HttpsOnly",
                                "redirectType": "Moved",
                            },
                        },
                    },
                    {
                        "name": "both",
                        "properties": {
                            "acceptedProtocols": ["Http", "Https"],
                            "patternsToMatch": ["/app/*"],
                            "routeConfiguration": {"forwardingProtocol": "MatchRequest"},
                        },
                    },
                ],
            },
        ),
        resource(
            _WAF_DOOR,
            "olderwaf",
            sku={"name": "Classic_AzureFrontDoor"},
            properties={"policySettings": {"enabledState": "Enabled", "mode": "Detection"}},
        ),
    ),
)
_CDN = Pair(
    "cdn",
    PIN
    + """
resource "azurerm_cdn_profile" "p" {
  name                = "files"
  resource_group_name = "rg"
  sku                 = "Standard_Microsoft"
}
resource "azurerm_cdn_endpoint" "e" {
  name                = "pictures"
  profile_name        = azurerm_cdn_profile.p.name
  resource_group_name = "rg"
  is_http_allowed     = false
  tags                = { owner = "shop" }
}
resource "azurerm_cdn_endpoint_custom_domain" "d" {
  name            = "pictures-example"
  cdn_endpoint_id = azurerm_cdn_endpoint.e.id
  host_name       = "pictures.example.org"
  cdn_managed_https {
    certificate_type = "Dedicated"
    protocol_type    = "ServerNameIndication"
    tls_version      = "TLS10"
  }
}
""",
    (
        resource("Microsoft.Cdn/profiles", "files", sku={"name": "Standard_Microsoft"}, properties={}),
        resource(
            "Microsoft.Cdn/profiles/endpoints",
            "files/pictures",
            tags={"owner": "shop"},
            properties={"isHttpAllowed": False},
        ),
        resource(
            "Microsoft.Cdn/profiles/endpoints/customDomains",
            "files/pictures/pictures-example",
            properties={
                "hostName": "pictures.example.org",
                "customHttpsParameters": {
                    "certificateSource": "Cdn",
                    "protocolType": "ServerNameIndication",
                    "minimumTlsVersion": "TLS10",
                },
            },
        ),
    ),
)
_CONTAINER_APP = Pair(
    "container app",
    PIN
    + """
resource "azurerm_container_app_environment" "e" {
  name                           = "apps"
  resource_group_name            = "rg"
  internal_load_balancer_enabled = false
  logs_destination               = "log-analytics"
  tags                           = { owner = "shop" }
}
resource "azurerm_container_app" "a" {
  name                         = "shop"
  resource_group_name          = "rg"
  container_app_environment_id = azurerm_container_app_environment.e.id
  revision_mode                = "Single"
  identity { type = "SystemAssigned" }
  ingress {
    external_enabled           = true
    allow_insecure_connections = true
    target_port                = 80
    transport                  = "auto"
  }
  secret {
    name  = "key"
    value = "not-a-good-one"
  }
  template {
    container {
      name   = "web"
      image  = "registry.example.org/shop:1"
      cpu    = 1
      memory = "2Gi"
      env {
        name  = "COLOUR"
        value = "blue"
      }
    }
  }
}
""",
    (
        resource(
            "Microsoft.App/managedEnvironments",
            "apps",
            tags={"owner": "shop"},
            properties={
                "vnetConfiguration": {"internal": False},
                "appLogsConfiguration": {"destination": "log-analytics"},
            },
        ),
        resource(
            "Microsoft.App/containerApps",
            "shop",
            identity={"type": "SystemAssigned"},
            properties={
                "managedEnvironmentId": "[resourceId('Microsoft.App/managedEnvironments', 'apps')]",
                "configuration": {
                    "ingress": {
                        "external": True,
                        "allowInsecure": True,
                        "targetPort": 80,
                        "transport": "auto",
                    },
                    "secrets": [{"name": "key", "value": "not-a-good-one"}],
                },
                "template": {
                    "containers": [
                        {
                            "name": "web",
                            "image": "registry.example.org/shop:1",
                            "resources": {"cpu": 1, "memory": "2Gi"},
                            "env": [{"name": "COLOUR", "value": "blue"}],
                        }
                    ]
                },
            },
        ),
    ),
    frozenset({"authentication"}),
)
_INSTANCES = Pair(
    "container instances",
    PIN
    + """
resource "azurerm_container_group" "g" {
  name                = "jobs"
  resource_group_name = "rg"
  os_type             = "Linux"
  ip_address_type     = "Public"
  key_vault_key_id    = "https://kv.vault.azure.net/keys/k"
  tags                = { owner = "shop" }
  identity { type = "SystemAssigned" }
}
""",
    (
        resource(
            "Microsoft.ContainerInstance/containerGroups",
            "jobs",
            identity={"type": "SystemAssigned"},
            tags={"owner": "shop"},
            properties={
                "ipAddress": {"type": "Public"},
                "encryptionProperties": {"keyName": "k", "vaultBaseUrl": "https://kv.vault.azure.net"},
            },
        ),
    ),
)
_WORKFLOW = Pair(
    "logic apps",
    PIN
    + """
resource "azurerm_logic_app_workflow" "w" {
  name                = "mail"
  resource_group_name = "rg"
  identity { type = "SystemAssigned" }
  access_control {
    trigger { allowed_caller_ip_address_range = ["198.51.100.0/24"] }
  }
}
resource "azurerm_logic_app_standard" "s" {
  name                                     = "orders-flow"
  resource_group_name                      = "rg"
  app_service_plan_id                      = "/p"
  storage_account_name                     = "store"
  https_only                               = true
  public_network_access                    = "Disabled"
  ftp_publish_basic_authentication_enabled = false
  identity { type = "SystemAssigned" }
  site_config {
    min_tls_version = "1.2"
    ftps_state      = "Disabled"
  }
}
""",
    (
        resource(
            "Microsoft.Logic/workflows",
            "mail",
            identity={"type": "SystemAssigned"},
            properties={
                "accessControl": {
                    "triggers": {"allowedCallerIpAddresses": [{"addressRange": "198.51.100.0/24"}]}
                }
            },
        ),
        resource(
            "Microsoft.Web/sites",
            "orders-flow",
            kind="functionapp,workflowapp",
            identity={"type": "SystemAssigned"},
            properties={
                "httpsOnly": True,
                "publicNetworkAccess": "Disabled",
                "siteConfig": {"minTlsVersion": "1.2", "ftpsState": "Disabled"},
            },
        ),
    ),
    frozenset({"basic_publishing", "authentication"}),
)
_BATCH = Pair(
    "batch",
    PIN
    + """
resource "azurerm_batch_account" "b" {
  name                          = "renders"
  resource_group_name           = "rg"
  public_network_access_enabled = false
  allowed_authentication_modes  = ["AAD"]
  identity { type = "SystemAssigned" }
  encryption { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
}
""",
    (
        resource(
            "Microsoft.Batch/batchAccounts",
            "renders",
            identity={"type": "SystemAssigned"},
            properties={
                "publicNetworkAccess": "Disabled",
                "allowedAuthenticationModes": ["AAD"],
                "encryption": {
                    "keySource": "Microsoft.KeyVault",
                    "keyVaultProperties": {"keyIdentifier": "https://kv.vault.azure.net/keys/k"},
                },
            },
        ),
    ),
)
_COMMUNICATION = Pair(
    "communication",
    PIN
    + """
resource "azurerm_communication_service" "c" {
  name                = "messages"
  resource_group_name = "rg"
  data_location       = "Europe"
}
""",
    (
        resource(
            "Microsoft.Communication/communicationServices", "messages", properties={"dataLocation": "Europe"}
        ),
    ),
    frozenset({"shared_key_access"}),
)
_SHARES = Pair(
    "storage children",
    PIN
    + """
resource "azurerm_storage_account" "files" {
  name                              = "files"
  resource_group_name               = "rg"
  account_kind                      = "StorageV2"
  account_replication_type          = "LRS"
  min_tls_version                   = "TLS1_2"
  infrastructure_encryption_enabled = true
  cross_tenant_replication_enabled  = false
  sftp_enabled                      = true
  local_user_enabled                = false
  queue_encryption_key_type         = "Account"
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
  sas_policy { expiration_period = "01.00:00:00" }
  share_properties {
    retention_policy { days = 30 }
    smb {
      versions                = ["SMB3.1.1"]
      channel_encryption_type = ["AES-128-GCM", "AES-256-GCM"]
    }
  }
}
resource "azurerm_storage_share" "team" {
  name               = "team"
  storage_account_id = azurerm_storage_account.files.id
  quota              = 50
}
resource "azurerm_storage_queue" "jobs" {
  name                 = "jobs"
  storage_account_name = azurerm_storage_account.files.name
}
resource "azurerm_storage_encryption_scope" "own" {
  name               = "own"
  storage_account_id = azurerm_storage_account.files.id
  source             = "Microsoft.Storage"
}
resource "azurerm_storage_container" "scoped" {
  name                     = "scoped"
  storage_account_id       = azurerm_storage_account.files.id
  default_encryption_scope = "own"
}
""",
    (
        resource(
            "Microsoft.Storage/storageAccounts",
            "files",
            kind="StorageV2",
            sku={"name": "Standard_LRS"},
            properties={
                "minimumTlsVersion": "TLS1_2",
                "allowCrossTenantReplication": False,
                "isSftpEnabled": True,
                "isLocalUserEnabled": False,
                "sasPolicy": {"sasExpirationPeriod": "01.00:00:00", "expirationAction": "Log"},
                "encryption": {
                    "requireInfrastructureEncryption": True,
                    "keyvaultproperties": {"keyname": "k"},
                    "services": {"queue": {"keyType": "Account"}},
                },
            },
        ),
        resource(
            "Microsoft.Storage/storageAccounts/fileServices",
            "files/default",
            properties={
                "shareDeleteRetentionPolicy": {"enabled": True, "days": 30},
                "protocolSettings": {
                    "smb": {"versions": "SMB3.1.1;", "channelEncryption": "AES-128-GCM;AES-256-GCM;"}
                },
            },
        ),
        resource(
            "Microsoft.Storage/storageAccounts/fileServices/shares",
            "files/default/team",
            properties={"shareQuota": 50},
        ),
        resource(
            "Microsoft.Storage/storageAccounts/queueServices/queues", "files/default/jobs", properties={}
        ),
        resource(
            "Microsoft.Storage/storageAccounts/encryptionScopes",
            "files/own",
            properties={"source": "Microsoft.Storage"},
        ),
        resource(
            "Microsoft.Storage/storageAccounts/blobServices/containers",
            "files/default/scoped",
            properties={"defaultEncryptionScope": "own"},
        ),
    ),
    frozenset({"public_access_blocked", "shared_key_days"}),
)
_HSM = Pair(
    "managed hsm",
    PIN
    + """
resource "azurerm_key_vault_managed_hardware_security_module" "h" {
  name                          = "orders-hsm"
  resource_group_name           = "rg"
  sku_name                      = "Standard_B1"
  purge_protection_enabled      = true
  soft_delete_retention_days    = 30
  public_network_access_enabled = true
  tags                          = { owner = "shop" }
  network_acls {
    bypass         = "None"
    default_action = "Deny"
  }
}
resource "azurerm_key_vault_managed_hardware_security_module_key" "k" {
  name            = "payments"
  managed_hsm_id  = azurerm_key_vault_managed_hardware_security_module.h.id
  key_type        = "RSA-HSM"
  expiration_date = "2030-01-01T00:00:00Z"
}
resource "azurerm_key_vault_managed_hardware_security_module_key_rotation_policy" "p" {
  managed_hsm_key_id  = azurerm_key_vault_managed_hardware_security_module_key.k.id
  expire_after        = "P60D"
  time_after_creation = "P45D"
}
""",
    (
        resource(
            "Microsoft.KeyVault/managedHSMs",
            "orders-hsm",
            sku={"name": "Standard_B1", "family": "B"},
            tags={"owner": "shop"},
            properties={
                "enablePurgeProtection": True,
                "softDeleteRetentionInDays": 30,
                "publicNetworkAccess": "Enabled",
                "networkAcls": {"bypass": "None", "defaultAction": "Deny"},
            },
        ),
        resource(
            "Microsoft.KeyVault/managedHSMs/keys",
            "orders-hsm/payments",
            properties={
                "kty": "RSA-HSM",
                "attributes": {"exp": 1893456000},
                "rotationPolicy": {
                    "attributes": {"expiryTime": "P60D"},
                    "lifetimeActions": [
                        {"trigger": {"timeAfterCreate": "P45D"}, "action": {"type": "rotate"}}
                    ],
                },
            },
        ),
    ),
)
_FIREWALL = Pair(
    "firewall",
    PIN
    + """
resource "azurerm_firewall" "older" {
  name                = "older"
  resource_group_name = "rg"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  threat_intel_mode   = "Deny"
}
resource "azurerm_firewall" "f" {
  name                = "hub"
  resource_group_name = "rg"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Premium"
  firewall_policy_id  = azurerm_firewall_policy.p.id
}
resource "azurerm_firewall_policy" "base" {
  name                     = "base"
  resource_group_name      = "rg"
  sku                      = "Premium"
  threat_intelligence_mode = "Deny"
  intrusion_detection { mode = "Deny" }
}
resource "azurerm_firewall_policy" "p" {
  name                = "hub"
  resource_group_name = "rg"
  sku                 = "Premium"
  base_policy_id      = azurerm_firewall_policy.base.id
}
resource "azurerm_firewall_policy_rule_collection_group" "g" {
  name               = "out"
  firewall_policy_id = azurerm_firewall_policy.p.id
  priority           = 100
  network_rule_collection {
    name     = "some"
    priority = 100
    action   = "Allow"
    rule {
      name                  = "time"
      protocols             = ["UDP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["*"]
      destination_ports     = ["123"]
    }
    rule {
      name                  = "everything"
      protocols             = ["Any"]
      source_addresses      = ["*"]
      destination_addresses = ["*"]
      destination_ports     = ["*"]
    }
  }
}
""",
    (
        resource(
            "Microsoft.Network/azureFirewalls",
            "older",
            properties={"sku": {"name": "AZFW_VNet", "tier": "Standard"}, "threatIntelMode": "Deny"},
        ),
        resource(
            "Microsoft.Network/azureFirewalls",
            "hub",
            properties={
                "sku": {"name": "AZFW_VNet", "tier": "Premium"},
                "firewallPolicy": {"id": "[resourceId('Microsoft.Network/firewallPolicies', 'hub')]"},
            },
        ),
        resource(
            "Microsoft.Network/firewallPolicies",
            "base",
            properties={
                "sku": {"tier": "Premium"},
                "threatIntelMode": "Deny",
                "intrusionDetection": {"mode": "Deny"},
            },
        ),
        resource(
            "Microsoft.Network/firewallPolicies",
            "hub",
            properties={
                "sku": {"tier": "Premium"},
                "basePolicy": {"id": "[resourceId('Microsoft.Network/firewallPolicies', 'base')]"},
            },
        ),
        resource(
            "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
            "hub/out",
            properties={
                "priority": 100,
                "ruleCollections": [
                    {
                        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
                        "name": "some",
                        "priority": 100,
                        "action": {"type": "Allow"},
                        "rules": [
                            {
                                "ruleType": "NetworkRule",
                                "name": "time",
                                "ipProtocols": ["UDP"],
                                "sourceAddresses": ["10.0.0.0/8"],
                                "destinationAddresses": ["*"],
                                "destinationPorts": ["123"],
                            },
                            {
                                "ruleType": "NetworkRule",
                                "name": "everything",
                                "ipProtocols": ["Any"],
                                "sourceAddresses": ["*"],
                                "destinationAddresses": ["*"],
                                "destinationPorts": ["*"],
                            },
                        ],
                    }
                ],
            },
        ),
    ),
)
_INSTANCE = Pair(
    "managed instance",
    PIN
    + """
resource "azurerm_mssql_managed_instance" "i" {
  name                         = "orders-mi"
  resource_group_name          = "rg"
  administrator_login_password = "not-a-good-one"
  public_data_endpoint_enabled = true
  minimum_tls_version          = "1.1"
  storage_account_type         = "LRS"
  zone_redundant_enabled       = true
}
resource "azurerm_mssql_managed_instance_active_directory_administrator" "a" {
  managed_instance_id = azurerm_mssql_managed_instance.i.id
  login_username      = "admins"
  object_id           = "o"
  tenant_id           = "t"
}
resource "azurerm_mssql_managed_instance_transparent_data_encryption" "t" {
  managed_instance_id = azurerm_mssql_managed_instance.i.id
  key_vault_key_id    = "https://kv.vault.azure.net/keys/k"
}
resource "azurerm_mssql_managed_instance_security_alert_policy" "s" {
  managed_instance_name = azurerm_mssql_managed_instance.i.name
  resource_group_name   = "rg"
  enabled               = true
}
resource "azurerm_mssql_managed_instance_vulnerability_assessment" "v" {
  managed_instance_id    = azurerm_mssql_managed_instance.i.id
  storage_container_path = "https://store.blob.core.windows.net/scans"
  recurring_scans { enabled = true }
}
resource "azurerm_mssql_managed_database" "d" {
  name                      = "orders"
  managed_instance_id       = azurerm_mssql_managed_instance.i.id
  short_term_retention_days = 14
  long_term_retention_policy { monthly_retention = "P12M" }
}
""",
    (
        resource(
            "Microsoft.Sql/managedInstances",
            "orders-mi",
            properties={
                "administratorLoginPassword": "not-a-good-one",
                "publicDataEndpointEnabled": True,
                "minimalTlsVersion": "1.1",
                "requestedBackupStorageRedundancy": "Local",
                "zoneRedundant": True,
            },
            resources=[
                resource("administrators", "ActiveDirectory", properties={"sid": "o", "tenantId": "t"}),
                resource("encryptionProtector", "current", properties={"serverKeyType": "AzureKeyVault"}),
                resource("securityAlertPolicies", "default", properties={"state": "Enabled"}),
                resource(
                    "vulnerabilityAssessments", "default", properties={"recurringScans": {"isEnabled": True}}
                ),
            ],
        ),
        resource("Microsoft.Sql/managedInstances/databases", "orders-mi/orders", properties={}),
        resource(
            "Microsoft.Sql/managedInstances/databases/backupShortTermRetentionPolicies",
            "orders-mi/orders/default",
            properties={"retentionDays": 14},
        ),
        resource(
            "Microsoft.Sql/managedInstances/databases/backupLongTermRetentionPolicies",
            "orders-mi/orders/default",
            properties={"monthlyRetention": "P12M", "weeklyRetention": "PT0S"},
        ),
    ),
)
_WATCHED = Pair(
    "watched sql",
    PIN
    + """
resource "azurerm_mssql_server" "w" {
  name                = "watched"
  resource_group_name = "rg"
  version             = "12.0"
  minimum_tls_version = "1.2"
}
resource "azurerm_mssql_server_extended_auditing_policy" "a" {
  server_id         = azurerm_mssql_server.w.id
  storage_endpoint  = "https://store.blob.core.windows.net"
  retention_in_days = 120
}
resource "azurerm_mssql_server_security_alert_policy" "s" {
  server_name         = azurerm_mssql_server.w.name
  resource_group_name = "rg"
  state               = "Enabled"
}
resource "azurerm_mssql_server_vulnerability_assessment" "v" {
  server_security_alert_policy_id = azurerm_mssql_server_security_alert_policy.s.id
  storage_container_path          = "https://store.blob.core.windows.net/scans"
  recurring_scans { enabled = true }
}
resource "azurerm_mssql_database" "d" {
  name      = "ledger"
  server_id = azurerm_mssql_server.w.id
  long_term_retention_policy {
    weekly_retention = "P0W"
    yearly_retention = "P10Y"
  }
}
""",
    (
        resource(
            "Microsoft.Sql/servers",
            "watched",
            properties={"version": "12.0", "minimalTlsVersion": "1.2"},
            resources=[
                resource(
                    "extendedAuditingSettings",
                    "default",
                    properties={
                        "state": "Enabled",
                        "storageEndpoint": "https://store.blob.core.windows.net",
                        "retentionDays": 120,
                    },
                ),
                resource("securityAlertPolicies", "default", properties={"state": "Enabled"}),
                resource(
                    "vulnerabilityAssessments", "default", properties={"recurringScans": {"isEnabled": True}}
                ),
            ],
        ),
        resource("Microsoft.Sql/servers/databases", "watched/ledger", properties={}),
        resource(
            "Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies",
            "watched/ledger/default",
            properties={"weeklyRetention": "P0W", "yearlyRetention": "P10Y"},
        ),
    ),
)
_VPN = Pair(
    "vpn",
    PIN
    + """
resource "azurerm_virtual_network_gateway" "g" {
  name                = "vpn"
  resource_group_name = "rg"
  type                = "Vpn"
  sku                 = "Basic"
  vpn_client_configuration {
    address_space  = ["10.9.0.0/24"]
    vpn_auth_types = ["AAD", "Certificate"]
  }
}
resource "azurerm_virtual_network_gateway_connection" "c" {
  name                = "office"
  resource_group_name = "rg"
  type                = "IPsec"
  connection_protocol = "IKEv1"
  shared_key          = "not-a-good-one"
  ipsec_policy {
    dh_group         = "DHGroup2"
    ike_encryption   = "AES256"
    ike_integrity    = "SHA1"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "PFS2048"
  }
}
""",
    (
        resource(
            "Microsoft.Network/virtualNetworkGateways",
            "vpn",
            properties={
                "gatewayType": "Vpn",
                "sku": {"name": "Basic", "tier": "Basic"},
                "vpnClientConfiguration": {"vpnAuthenticationTypes": ["AAD", "Certificate"]},
            },
        ),
        resource(
            "Microsoft.Network/connections",
            "office",
            properties={
                "connectionType": "IPsec",
                "connectionProtocol": "IKEv1",
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
        ),
    ),
)
_MANAGED_REDIS = Pair(
    "managed redis",
    PIN
    + """
resource "azurerm_managed_redis" "m" {
  name                      = "carts"
  resource_group_name       = "rg"
  sku_name                  = "Balanced_B3"
  high_availability_enabled = false
  public_network_access     = "Disabled"
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
  default_database {
    client_protocol                              = "Plaintext"
    eviction_policy                              = "AllKeysLRU"
    persistence_redis_database_backup_frequency = "6h"
  }
}
resource "azurerm_redis_enterprise_cluster" "e" {
  name                = "older-carts"
  resource_group_name = "rg"
  sku_name            = "Enterprise_E10-2"
  minimum_tls_version = "1.0"
  zones               = ["1", "2", "3"]
}
resource "azurerm_redis_enterprise_database" "d" {
  name            = "default"
  cluster_id      = azurerm_redis_enterprise_cluster.e.id
  client_protocol = "Encrypted"
  eviction_policy = "NoEviction"
}
""",
    (
        resource(
            "Microsoft.Cache/redisEnterprise",
            "carts",
            sku={"name": "Balanced_B3"},
            properties={
                "highAvailability": "Disabled",
                "publicNetworkAccess": "Disabled",
                "encryption": {
                    "customerManagedKeyEncryption": {
                        "keyEncryptionKeyUrl": "https://kv.vault.azure.net/keys/k"
                    }
                },
            },
            resources=[
                resource(
                    "databases",
                    "default",
                    properties={
                        "clientProtocol": "Plaintext",
                        "evictionPolicy": "AllKeysLRU",
                        "persistence": {"rdbEnabled": True, "rdbFrequency": "6h"},
                    },
                )
            ],
        ),
        resource(
            "Microsoft.Cache/redisEnterprise",
            "older-carts",
            sku={"name": "Enterprise_E10", "capacity": 2},
            zones=["1", "2", "3"],
            properties={"minimumTlsVersion": "1.0"},
        ),
        resource(
            "Microsoft.Cache/redisEnterprise/databases",
            "older-carts/default",
            properties={"clientProtocol": "Encrypted", "evictionPolicy": "NoEviction"},
        ),
    ),
)

EDGE = (
    _ENDPOINT,
    _WAF,
    _FRONT_DOOR,
    _CLASSIC,
    _CDN,
    _CONTAINER_APP,
    _INSTANCES,
    _WORKFLOW,
    _BATCH,
    _COMMUNICATION,
    _SHARES,
    _HSM,
    _FIREWALL,
    _INSTANCE,
    _WATCHED,
    _VPN,
    _MANAGED_REDIS,
)
