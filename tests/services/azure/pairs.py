"""The same things of Azure in Terraform and in an ARM template, a pair for each service.

Settings that a pair leaves to defaults are compared as well, but for those whose defaults differ, which it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.services.azure.declared import pinned


@dataclass(frozen=True)
class Pair:
    """One service: its Terraform, its template's resources, and settings that the two do not tell alike."""

    name: str
    terraform: str
    arm: tuple[dict[str, Any], ...]
    differing: frozenset[str] = frozenset()


def resource(type_: str, name: str, api: str = "2024-01-01", **body: Any) -> dict[str, Any]:
    return {"type": type_, "apiVersion": api, "name": name, **body}


PIN = pinned("~> 4.50")
_WORKSPACE = "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]"
_LOGS = """
resource "azurerm_log_analytics_workspace" "logs" {
  name                = "logs"
  resource_group_name = "rg"
  retention_in_days   = 90
}
"""
LOGS = resource("Microsoft.OperationalInsights/workspaces", "logs", properties={"retentionInDays": 90})


def sent(type_: str, name: str, *categories: str) -> dict[str, Any]:
    """Return a diagnostic setting of the resource called `name`."""
    return resource(
        "Microsoft.Insights/diagnosticSettings",
        "sent",
        "2021-05-01-preview",
        scope=f"[resourceId('{type_}', '{name}')]",
        properties={
            "workspaceId": _WORKSPACE,
            "logs": [{"category": each, "enabled": True} for each in categories],
        },
    )


def _sent(address: str, *categories: str) -> str:
    logs = "\n".join(f'enabled_log {{ category = "{each}" }}' for each in categories)
    return f"""
resource "azurerm_monitor_diagnostic_setting" "sent" {{
  name                       = "sent"
  target_resource_id         = {address}.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  {logs}
}}
"""


def lock(type_: str, name: str) -> dict[str, Any]:
    return resource(
        "Microsoft.Authorization/locks",
        "keep",
        "2020-05-01",
        scope=f"[resourceId('{type_}', '{name}')]",
        properties={"level": "CanNotDelete"},
    )


def lock_of(address: str) -> str:
    return f"""
resource "azurerm_management_lock" "keep" {{
  name       = "keep"
  scope      = {address}.id
  lock_level = "CanNotDelete"
}}
"""


_POSTGRESQL = Pair(
    "postgresql",
    PIN
    + _LOGS
    + _sent("azurerm_postgresql_flexible_server.db", "PostgreSQLLogs")
    + lock_of("azurerm_postgresql_flexible_server.db")
    + """
resource "azurerm_postgresql_flexible_server" "db" {
  name                          = "orders-db"
  resource_group_name           = "rg"
  version                       = "16"
  administrator_password        = "not-a-good-one"
  public_network_access_enabled = true
  backup_retention_days         = 35
  geo_redundant_backup_enabled  = true
  tags                          = { owner = "shop" }
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/db" }
  high_availability { mode = "ZoneRedundant" }
  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = false
  }
}
resource "azurerm_postgresql_flexible_server_firewall_rule" "office" {
  name             = "office"
  server_id        = azurerm_postgresql_flexible_server.db.id
  start_ip_address = "198.51.100.0"
  end_ip_address   = "198.51.100.255"
}
resource "azurerm_postgresql_flexible_server_configuration" "tls" {
  name      = "require_secure_transport"
  server_id = azurerm_postgresql_flexible_server.db.id
  value     = "off"
}
resource "azurerm_postgresql_flexible_server_configuration" "statements" {
  name      = "log_statement"
  server_id = azurerm_postgresql_flexible_server.db.id
  value     = "ddl"
}
""",
    (
        LOGS,
        resource(
            "Microsoft.DBforPostgreSQL/flexibleServers",
            "orders-db",
            tags={"owner": "shop"},
            properties={
                "version": "16",
                "administratorLoginPassword": "not-a-good-one",
                "network": {"publicNetworkAccess": "Enabled"},
                "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Enabled"},
                "dataEncryption": {"primaryKeyURI": "https://kv.vault.azure.net/keys/db"},
                "highAvailability": {"mode": "ZoneRedundant"},
                "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled"},
            },
            resources=[
                resource(
                    "firewallRules",
                    "office",
                    properties={"startIpAddress": "198.51.100.0", "endIpAddress": "198.51.100.255"},
                )
            ],
        ),
        resource(
            "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
            "orders-db/require_secure_transport",
            properties={"value": "off", "source": "user-override"},
        ),
        resource(
            "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
            "[concat('orders-db', '/log_statement')]",
            properties={"value": "ddl", "source": "user-override"},
        ),
        sent("Microsoft.DBforPostgreSQL/flexibleServers", "orders-db", "PostgreSQLLogs"),
        lock("Microsoft.DBforPostgreSQL/flexibleServers", "orders-db"),
    ),
)
_MYSQL = Pair(
    "mysql",
    PIN
    + """
resource "azurerm_mysql_flexible_server" "db" {
  name                  = "shop-db"
  resource_group_name   = "rg"
  version               = "8.0.21"
  public_network_access = "Enabled"
}
resource "azurerm_mysql_flexible_server_firewall_rule" "all" {
  name                = "all"
  resource_group_name = "rg"
  server_name         = azurerm_mysql_flexible_server.db.name
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "255.255.255.255"
}
resource "azurerm_mysql_flexible_server_configuration" "tls" {
  name                = "tls_version"
  resource_group_name = "rg"
  server_name         = azurerm_mysql_flexible_server.db.name
  value               = "TLSv1.1,TLSv1.2"
}
resource "azurerm_mysql_flexible_server_active_directory_administrator" "admin" {
  server_id = azurerm_mysql_flexible_server.db.id
  identity_id = "i"
  login = "admin"
  object_id = "o"
  tenant_id = "t"
}
""",
    (
        resource(
            "Microsoft.DBforMySQL/flexibleServers",
            "shop-db",
            properties={"version": "8.0.21", "network": {"publicNetworkAccess": "Enabled"}},
        ),
        resource(
            "Microsoft.DBforMySQL/flexibleServers/firewallRules",
            "shop-db/all",
            properties={"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"},  # noqa: S104
        ),
        resource(
            "Microsoft.DBforMySQL/flexibleServers/configurations",
            "shop-db/tls_version",
            properties={"value": "TLSv1.1,TLSv1.2"},
        ),
        resource(
            "Microsoft.DBforMySQL/flexibleServers/administrators",
            "shop-db/ActiveDirectory",
            properties={"administratorType": "ActiveDirectory", "login": "admin"},
        ),
    ),
)


def _single(engine: str, arm: str, key: bool) -> Pair:
    name = engine.lower()
    arm_key = (
        resource(
            f"{arm}/keys", f"old-{name}/kv_k_1", properties={"uri": "https://kv.vault.azure.net/keys/k"}
        ),
    )
    terraform_key = f"""
resource "azurerm_{name}_server_key" "key" {{
  server_id        = azurerm_{name}_server.db.id
  key_vault_key_id = "https://kv.vault.azure.net/keys/k"
}}
"""
    return Pair(
        f"single {name}",
        pinned("~> 3.100")
        + f"""
resource "azurerm_{name}_server" "db" {{
  name                             = "old-{name}"
  resource_group_name              = "rg"
  version                          = "10"
  ssl_enforcement_enabled          = false
  ssl_minimal_tls_version_enforced = "TLSEnforcementDisabled"
  backup_retention_days            = 10
  geo_redundant_backup_enabled     = true
}}
resource "azurerm_{name}_firewall_rule" "azure" {{
  name                = "azure"
  resource_group_name = "rg"
  server_name         = azurerm_{name}_server.db.name
  start_ip_address    = "0.0.0.0"
  end_ip_address      = "0.0.0.0"
}}
"""
        + (terraform_key if key else ""),
        (
            resource(
                arm,
                f"old-{name}",
                properties={
                    "version": "10",
                    "sslEnforcement": "Disabled",
                    "minimalTlsVersion": "TLSEnforcementDisabled",
                    "storageProfile": {"backupRetentionDays": 10, "geoRedundantBackup": "Enabled"},
                },
            ),
            resource(
                f"{arm}/firewallRules",
                f"old-{name}/azure",
                properties={"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"},  # noqa: S104
            ),
            *(arm_key if key else ()),
        ),
    )


_MSSQL = Pair(
    "mssql",
    PIN
    + """
resource "azurerm_mssql_server" "sql" {
  name                         = "orders-sql"
  resource_group_name          = "rg"
  version                      = "12.0"
  administrator_login_password = "not-a-good-one"
  minimum_tls_version          = "1.2"
  azuread_administrator {
    login_username              = "admins"
    object_id                   = "o"
    azuread_authentication_only = true
  }
}
resource "azurerm_mssql_firewall_rule" "office" {
  name             = "office"
  server_id        = azurerm_mssql_server.sql.id
  start_ip_address = "198.51.100.7"
  end_ip_address   = "198.51.100.7"
}
resource "azurerm_mssql_server_extended_auditing_policy" "audit" {
  server_id = azurerm_mssql_server.sql.id
  enabled   = true
}
resource "azurerm_mssql_server_transparent_data_encryption" "key" {
  server_id        = azurerm_mssql_server.sql.id
  key_vault_key_id = "https://kv.vault.azure.net/keys/k"
}
resource "azurerm_mssql_database" "orders" {
  name                                = "orders"
  server_id                           = azurerm_mssql_server.sql.id
  transparent_data_encryption_enabled = false
  storage_account_type                = "Local"
  zone_redundant                      = true
  short_term_retention_policy { retention_days = 14 }
}
""",
    (
        resource(
            "Microsoft.Sql/servers",
            "orders-sql",
            properties={
                "version": "12.0",
                "administratorLoginPassword": "not-a-good-one",
                "minimalTlsVersion": "1.2",
            },
        ),
        resource(
            "Microsoft.Sql/servers/firewallRules",
            "orders-sql/office",
            properties={"startIpAddress": "198.51.100.7", "endIpAddress": "198.51.100.7"},
        ),
        resource(
            "Microsoft.Sql/servers/extendedAuditingSettings",
            "orders-sql/default",
            properties={"state": "Enabled"},
        ),
        resource(
            "Microsoft.Sql/servers/encryptionProtector",
            "orders-sql/current",
            properties={"serverKeyType": "AzureKeyVault", "serverKeyName": "kv_k_1"},
        ),
        resource(
            "Microsoft.Sql/servers/administrators",
            "orders-sql/ActiveDirectory",
            properties={"administratorType": "ActiveDirectory", "login": "admins", "sid": "o"},
        ),
        resource(
            "Microsoft.Sql/servers/azureADOnlyAuthentications",
            "orders-sql/Default",
            properties={"azureADOnlyAuthentication": True},
        ),
        resource(
            "Microsoft.Sql/servers/databases",
            "orders-sql/orders",
            properties={"requestedBackupStorageRedundancy": "Local", "zoneRedundant": True},
            resources=[
                resource("transparentDataEncryption", "current", properties={"state": "Disabled"}),
                resource("backupShortTermRetentionPolicies", "default", properties={"retentionDays": 14}),
            ],
        ),
    ),
)
_REDIS = Pair(
    "redis",
    PIN
    + """
resource "azurerm_redis_cache" "c" {
  name                 = "sessions"
  resource_group_name  = "rg"
  sku_name             = "Standard"
  family               = "C"
  capacity             = 1
  non_ssl_port_enabled = true
  minimum_tls_version  = "1.0"
  redis_configuration { maxmemory_policy = "allkeys-lru" }
}
resource "azurerm_redis_firewall_rule" "office" {
  name                = "office"
  resource_group_name = "rg"
  redis_cache_name    = azurerm_redis_cache.c.name
  start_ip            = "198.51.100.0"
  end_ip              = "198.51.100.255"
}
""",
    (
        resource(
            "Microsoft.Cache/redis",
            "sessions",
            properties={
                "sku": {"name": "Standard", "family": "C", "capacity": 1},
                "enableNonSslPort": True,
                "minimumTlsVersion": "1.0",
                "redisConfiguration": {"maxmemory-policy": "allkeys-lru"},
            },
        ),
        resource(
            "Microsoft.Cache/redis/firewallRules",
            "sessions/office",
            properties={"startIP": "198.51.100.0", "endIP": "198.51.100.255"},
        ),
    ),
)
_BLOBS = "[concat(resourceId('Microsoft.Storage/storageAccounts', 'orders'), '/blobServices/default')]"
_STORAGE = Pair(
    "storage",
    PIN
    + _LOGS
    + """
resource "azurerm_storage_account" "orders" {
  name                            = "orders"
  resource_group_name             = "rg"
  account_kind                    = "StorageV2"
  account_replication_type        = "RAGZRS"
  https_traffic_only_enabled      = false
  min_tls_version                 = "TLS1_1"
  allow_nested_items_to_be_public = true
  shared_access_key_enabled       = false
  blob_properties {
    versioning_enabled = true
    delete_retention_policy { days = 14 }
    container_delete_retention_policy { days = 30 }
  }
  network_rules {
    default_action = "Deny"
    ip_rules       = ["198.51.100.0/24"]
  }
}
resource "azurerm_storage_container" "open" {
  name                  = "open"
  storage_account_id    = azurerm_storage_account.orders.id
  container_access_type = "blob"
}
resource "azurerm_monitor_diagnostic_setting" "sent" {
  name                       = "sent"
  target_resource_id         = "${azurerm_storage_account.orders.id}/blobServices/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  enabled_log { category = "StorageRead" }
}
""",
    (
        LOGS,
        resource(
            "Microsoft.Storage/storageAccounts",
            "orders",
            kind="StorageV2",
            sku={"name": "Standard_RAGZRS"},
            properties={
                "supportsHttpsTrafficOnly": False,
                "minimumTlsVersion": "TLS1_1",
                "allowBlobPublicAccess": True,
                "allowSharedKeyAccess": False,
                "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]},
            },
        ),
        resource(
            "Microsoft.Storage/storageAccounts/blobServices",
            "orders/default",
            properties={
                "isVersioningEnabled": True,
                "deleteRetentionPolicy": {"enabled": True, "days": 14},
                "containerDeleteRetentionPolicy": {"enabled": True, "days": 30},
            },
        ),
        resource(
            "Microsoft.Storage/storageAccounts/blobServices/containers",
            "orders/default/open",
            properties={"publicAccess": "Blob"},
        ),
        {
            **sent("Microsoft.Storage/storageAccounts", "orders", "StorageRead"),
            "scope": _BLOBS,
        },
    ),
    frozenset({"shared_key_days", "cross_tenant_copies"}),
)
_VAULT = Pair(
    "key vault",
    PIN
    + """
resource "azurerm_key_vault" "kv" {
  name                       = "orders-kv"
  resource_group_name        = "rg"
  sku_name                   = "premium"
  purge_protection_enabled   = true
  soft_delete_retention_days = 30
  rbac_authorization_enabled = true
  network_acls { default_action = "Allow" }
}
resource "azurerm_key_vault_key" "payments" {
  name         = "payments"
  key_vault_id = azurerm_key_vault.kv.id
  key_type     = "RSA-HSM"
  rotation_policy {
    expire_after = "P90D"
    automatic { time_after_creation = "P60D" }
  }
}
resource "azurerm_key_vault_secret" "password" {
  name         = "password"
  key_vault_id = azurerm_key_vault.kv.id
  value        = "not-a-good-one"
}
""",
    (
        resource(
            "Microsoft.KeyVault/vaults",
            "orders-kv",
            properties={
                "sku": {"family": "A", "name": "premium"},
                "enablePurgeProtection": True,
                "softDeleteRetentionInDays": 30,
                "enableRbacAuthorization": True,
                "networkAcls": {"defaultAction": "Allow"},
            },
        ),
        resource(
            "Microsoft.KeyVault/vaults/keys",
            "orders-kv/payments",
            properties={
                "kty": "RSA-HSM",
                "rotationPolicy": {
                    "attributes": {"expiryTime": "P90D"},
                    "lifetimeActions": [
                        {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P60D"}}
                    ],
                },
            },
        ),
        resource(
            "Microsoft.KeyVault/vaults/secrets", "orders-kv/password", properties={"value": "not-a-good-one"}
        ),
    ),
)
_DISKS_KEY = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/own"
_AKS_TYPE = "Microsoft.ContainerService/managedClusters"
_AKS = Pair(
    "aks",
    PIN
    + _LOGS
    + _sent("azurerm_kubernetes_cluster.aks", "kube-audit", "kube-apiserver")
    + """
resource "azurerm_kubernetes_cluster" "aks" {
  name                              = "aks"
  resource_group_name               = "rg"
  kubernetes_version                = "1.31"
  local_account_disabled            = true
  role_based_access_control_enabled = true
  azure_policy_enabled              = true
  automatic_upgrade_channel         = "patch"
  run_command_enabled    = false
  image_cleaner_enabled  = true
  node_os_upgrade_channel = "SecurityPatch"
  http_application_routing_enabled = true
  identity { type = "SystemAssigned" }
  key_vault_secrets_provider { secret_rotation_enabled = true }
  disk_encryption_set_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/own"
  microsoft_defender { log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id }
  api_server_access_profile { authorized_ip_ranges = ["198.51.100.0/24"] }
  network_profile {
    network_plugin = "azure"
    network_policy = "calico"
  }
  azure_active_directory_role_based_access_control { azure_rbac_enabled = true }
  default_node_pool {
    name  = "system"
    zones = ["1", "2"]
    host_encryption_enabled = true
  }
}
resource "azurerm_kubernetes_cluster_node_pool" "jobs" {
  name                   = "jobs"
  kubernetes_cluster_id  = azurerm_kubernetes_cluster.aks.id
  node_public_ip_enabled = true
  auto_scaling_enabled   = true
  min_count              = 1
  max_count              = 5
}
""",
    (
        LOGS,
        resource(
            _AKS_TYPE,
            "aks",
            identity={"type": "SystemAssigned"},
            properties={
                "kubernetesVersion": "1.31",
                "enableRBAC": True,
                "disableLocalAccounts": True,
                "apiServerAccessProfile": {
                    "authorizedIPRanges": ["198.51.100.0/24"],
                    "disableRunCommand": True,
                },
                "networkProfile": {"networkPlugin": "azure", "networkPolicy": "calico"},
                "addonProfiles": {
                    "azurePolicy": {"enabled": True},
                    "httpApplicationRouting": {"enabled": True},
                    "azureKeyvaultSecretsProvider": {
                        "enabled": True,
                        "config": {"enableSecretRotation": "true"},
                    },
                },
                "aadProfile": {"managed": True},
                "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "SecurityPatch"},
                "diskEncryptionSetID": _DISKS_KEY,
                "securityProfile": {
                    "defender": {"securityMonitoring": {"enabled": True}},
                    "imageCleaner": {"enabled": True},
                },
                "agentPoolProfiles": [
                    {"name": "system", "availabilityZones": ["1", "2"], "enableEncryptionAtHost": True}
                ],
            },
        ),
        resource(
            f"{_AKS_TYPE}/agentPools",
            "aks/jobs",
            properties={"enableNodePublicIP": True, "enableAutoScaling": True, "minCount": 1, "maxCount": 5},
        ),
        sent(_AKS_TYPE, "aks", "kube-audit", "kube-apiserver"),
    ),
)
_NETWORK = Pair(
    "network",
    PIN
    + """
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "rg"
  security_rule {
    name                       = "ssh"
    priority                   = 200
    access                     = "Allow"
    direction                  = "Inbound"
    protocol                   = "Tcp"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "22"
  }
}
resource "azurerm_network_security_rule" "no" {
  name                        = "no"
  resource_group_name         = "rg"
  network_security_group_name = azurerm_network_security_group.web.name
  priority                    = 300
  access                      = "Deny"
  direction                   = "Inbound"
  protocol                    = "*"
  source_address_prefix       = "Internet"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "*"
}
resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg"
}
resource "azurerm_subnet" "web" {
  name                 = "web"
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.hub.name
}
resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.web.id
  network_security_group_id = azurerm_network_security_group.web.id
}
resource "azurerm_subnet" "data" {
  name                 = "data"
  resource_group_name  = "rg"
  virtual_network_name = azurerm_virtual_network.hub.name
}
resource "azurerm_network_watcher_flow_log" "flows" {
  name                 = "flows"
  target_resource_id   = azurerm_virtual_network.hub.id
  enabled              = true
  retention_policy {
    enabled = true
    days    = 90
  }
}
""",
    (
        resource(
            "Microsoft.Network/networkSecurityGroups",
            "web",
            properties={
                "securityRules": [
                    {
                        "name": "ssh",
                        "properties": {
                            "priority": 200,
                            "access": "Allow",
                            "direction": "Inbound",
                            "protocol": "Tcp",
                            "sourceAddressPrefix": "*",
                            "sourcePortRange": "*",
                            "destinationAddressPrefix": "*",
                            "destinationPortRange": "22",
                        },
                    }
                ]
            },
        ),
        resource(
            "Microsoft.Network/networkSecurityGroups/securityRules",
            "web/no",
            properties={
                "priority": 300,
                "access": "Deny",
                "direction": "Inbound",
                "protocol": "*",
                "sourceAddressPrefix": "Internet",
                "sourcePortRange": "*",
                "destinationAddressPrefix": "*",
                "destinationPortRange": "*",
            },
        ),
        resource(
            "Microsoft.Network/virtualNetworks",
            "hub",
            properties={
                "subnets": [
                    {
                        "name": "web",
                        "properties": {
                            "networkSecurityGroup": {
                                "id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'web')]"
                            }
                        },
                    }
                ]
            },
        ),
        resource("Microsoft.Network/virtualNetworks/subnets", "hub/data", properties={}),
        resource(
            "Microsoft.Network/networkWatchers/flowLogs",
            "watcher/flows",
            properties={
                "targetResourceId": "[resourceId('Microsoft.Network/virtualNetworks', 'hub')]",
                "enabled": True,
                "retentionPolicy": {"enabled": True, "days": 90},
            },
        ),
    ),
)
_GATEWAY_TYPE = "Microsoft.Network/applicationGateways"


def _part(part: str, name: str) -> dict[str, str]:
    return {"id": f"[resourceId('{_GATEWAY_TYPE}/{part}', 'web', '{name}')]"}


_GATEWAY = Pair(
    "application gateway",
    PIN
    + """
resource "azurerm_web_application_firewall_policy" "waf" {
  name                = "waf"
  resource_group_name = "rg"
  policy_settings {
    enabled = true
    mode    = "Detection"
    request_body_check = true
  }
}
resource "azurerm_application_gateway" "web" {
  name                = "web"
  resource_group_name = "rg"
  zones               = ["1", "2"]
  firewall_policy_id  = azurerm_web_application_firewall_policy.waf.id
  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }
  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20170401"
  }
  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/p"
  }
  http_listener {
    name     = "tls"
    protocol = "Https"
  }
  http_listener {
    name     = "plain"
    protocol = "Http"
  }
  request_routing_rule {
    name                        = "up"
    http_listener_name          = "plain"
    redirect_configuration_name = "up"
  }
  redirect_configuration {
    name                 = "up"
    target_listener_name = "tls"
  }
}
""",
    (
        resource(
            "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
            "waf",
            properties={
                "policySettings": {"state": "Enabled", "mode": "Detection", "requestBodyCheck": True}
            },
        ),
        resource(
            _GATEWAY_TYPE,
            "web",
            zones=["1", "2"],
            properties={
                "sku": {"name": "WAF_v2", "tier": "WAF_v2"},
                "firewallPolicy": {
                    "id": "[resourceId('Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies', 'waf')]"
                },
                "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20170401"},
                "frontendIPConfigurations": [
                    {
                        "name": "public",
                        "properties": {
                            "publicIPAddress": {
                                "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'p')]"
                            }
                        },
                    }
                ],
                "httpListeners": [
                    {"name": "tls", "properties": {"protocol": "Https"}},
                    {"name": "plain", "properties": {"protocol": "Http"}},
                ],
                "requestRoutingRules": [
                    {
                        "name": "up",
                        "properties": {
                            "httpListener": _part("httpListeners", "plain"),
                            "redirectConfiguration": _part("redirectConfigurations", "up"),
                        },
                    }
                ],
                "redirectConfigurations": [
                    {"name": "up", "properties": {"targetListener": _part("httpListeners", "tls")}}
                ],
            },
        ),
    ),
)
_OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
_ROLES = Pair(
    "roles",
    PIN
    + f"""
resource "azurerm_role_assignment" "owner" {{
  name                 = "11111111-1111-1111-1111-111111111111"
  scope                = "/subscriptions/s/resourceGroups/rg"
  role_definition_id   = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/{_OWNER}"
  principal_id         = "22222222-2222-2222-2222-222222222222"
}}
resource "azurerm_role_definition" "all" {{
  role_definition_id = "33333333-3333-3333-3333-333333333333"
  name               = "all"
  scope              = "/subscriptions/s"
  permissions {{ actions = ["*"] }}
}}
""",
    (
        resource(
            "Microsoft.Authorization/roleAssignments",
            "11111111-1111-1111-1111-111111111111",
            "2022-04-01",
            properties={
                "roleDefinitionId": f"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{_OWNER}')]",
                "principalId": "22222222-2222-2222-2222-222222222222",
            },
        ),
        resource(
            "Microsoft.Authorization/roleDefinitions",
            "33333333-3333-3333-3333-333333333333",
            "2022-04-01",
            properties={
                "roleName": "all",
                "assignableScopes": ["[subscription().id]"],
                "permissions": [{"actions": ["*"]}],
            },
        ),
    ),
)
_ACTIVITY = Pair(
    "activity log",
    PIN
    + _LOGS
    + """
resource "azurerm_monitor_diagnostic_setting" "activity" {
  name                       = "activity"
  target_resource_id         = "/subscriptions/s"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  enabled_log { category = "Administrative" }
  enabled_log { category = "Security" }
}
""",
    (
        LOGS,
        resource(
            "Microsoft.Insights/diagnosticSettings",
            "activity",
            "2021-05-01-preview",
            scope="[subscription().id]",
            properties={
                "workspaceId": _WORKSPACE,
                "logs": [
                    {"category": "Administrative", "enabled": True},
                    {"category": "Security", "enabled": True},
                ],
            },
        ),
    ),
)


def _elsewhere(type_: str, terraform: str) -> Pair:
    """Return a firewall rule of a server that is declared elsewhere."""
    server = f"/subscriptions/s/resourceGroups/rg/providers/{type_}/far"
    whose = (
        f'server_id = "{server}"'
        if "flexible" in terraform or "mssql" in terraform
        else 'server_name = "far"'
    )
    if "mysql_flexible" in terraform:
        whose = 'server_name = "far"'
    return Pair(
        f"rule of {terraform}",
        PIN
        + f"""
resource "{terraform}_firewall_rule" "all" {{
  name             = "all"
  {whose}
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}}
""",
        (
            resource(
                f"{type_}/firewallRules",
                "far/all",
                properties={"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"},  # noqa: S104
            ),
        ),
    )


_PUBLISHING = "basicPublishingCredentialsPolicies"
_APPS = Pair(
    "app service",
    PIN
    + _LOGS
    + _sent("azurerm_linux_web_app.shop", "AppServiceHTTPLogs")
    + """
resource "azurerm_linux_web_app" "shop" {
  name                          = "shop"
  resource_group_name           = "rg"
  https_only                    = true
  public_network_access_enabled = false
  tags                          = { owner = "shop" }
  app_settings                  = { DB_PASSWORD = "not-a-good-one" }

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity { type = "SystemAssigned" }
  site_config {
    minimum_tls_version      = "1.1"
    ftps_state               = "AllAllowed"
    remote_debugging_enabled = true
  }
}
resource "azurerm_linux_web_app_slot" "next" {
  name           = "next"
  app_service_id = azurerm_linux_web_app.shop.id
  https_only     = false

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = true
  site_config { ftps_state = "Disabled" }
}
""",
    (
        LOGS,
        resource(
            "Microsoft.Web/sites",
            "shop",
            tags={"owner": "shop"},
            identity={"type": "SystemAssigned"},
            properties={
                "httpsOnly": True,
                "publicNetworkAccess": "Disabled",
                "siteConfig": {
                    "minTlsVersion": "1.1",
                    "ftpsState": "AllAllowed",
                    "remoteDebuggingEnabled": True,
                    "appSettings": [{"name": "DB_PASSWORD", "value": "not-a-good-one"}],
                },
            },
            resources=[
                resource(_PUBLISHING, "ftp", properties={"allow": False}),
                resource(_PUBLISHING, "scm", properties={"allow": False}),
                resource(
                    "slots",
                    "next",
                    properties={"siteConfig": {"ftpsState": "Disabled"}},
                    resources=[resource(_PUBLISHING, "ftp", properties={"allow": False})],
                ),
            ],
        ),
        sent("Microsoft.Web/sites", "shop", "AppServiceHTTPLogs"),
    ),
    frozenset({"authentication"}),  # a template states it in resources that are not read
)
_MESSAGING = Pair(
    "messaging",
    PIN
    + """
resource "azurerm_servicebus_namespace" "orders" {
  name                          = "orders"
  resource_group_name           = "rg"
  minimum_tls_version           = "1.1"
  local_auth_enabled            = false
  public_network_access_enabled = false
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/bus" }
}
resource "azurerm_servicebus_queue" "jobs" {
  name                                 = "jobs"
  namespace_id                         = azurerm_servicebus_namespace.orders.id
  dead_lettering_on_message_expiration = true
}
resource "azurerm_eventhub_namespace" "events" {
  name                = "events"
  resource_group_name = "rg"
}
resource "azurerm_eventhub_namespace" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  network_rulesets {
    default_action = "Deny"
    ip_rule { ip_mask = "198.51.100.7" }
  }
}
resource "azurerm_servicebus_namespace" "inside" {
  name                = "within"
  resource_group_name = "rg"
  network_rule_set {
    default_action = "Deny"
    network_rules {
      subnet_id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/a"
    }
  }
}
""",
    (
        resource(
            "Microsoft.ServiceBus/namespaces",
            "orders",
            properties={
                "minimumTlsVersion": "1.1",
                "disableLocalAuth": True,
                "publicNetworkAccess": "Disabled",
                "encryption": {"keyVaultProperties": [{"keyName": "bus"}]},
            },
            resources=[
                resource("queues", "jobs", properties={"deadLetteringOnMessageExpiration": True}),
            ],
        ),
        resource("Microsoft.EventHub/namespaces", "events", properties={}),
        resource(
            "Microsoft.EventHub/namespaces",
            "inside",
            properties={},
            resources=[
                resource(
                    "networkRuleSets",
                    "default",
                    properties={"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.7"}]},
                )
            ],
        ),
        resource(
            "Microsoft.ServiceBus/namespaces",
            "within",
            properties={},
            resources=[
                resource(
                    "networkRuleSets",
                    "default",
                    properties={
                        "defaultAction": "Deny",
                        "virtualNetworkRules": [
                            {
                                "subnet": {
                                    "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network"
                                    "/virtualNetworks/n/subnets/a"
                                }
                            }
                        ],
                    },
                )
            ],
        ),
    ),
)
_REGISTRY = Pair(
    "container registry",
    PIN
    + """
resource "azurerm_container_registry" "images" {
  name                          = "images"
  resource_group_name           = "rg"
  admin_enabled                 = true
  anonymous_pull_enabled        = true
  public_network_access_enabled = false
  encryption { key_vault_key_id = "https://kv.vault.azure.net/keys/images" }
}
""",
    (
        resource(
            "Microsoft.ContainerRegistry/registries",
            "images",
            properties={
                "adminUserEnabled": True,
                "anonymousPullEnabled": True,
                "publicNetworkAccess": "Disabled",
                "encryption": {
                    "keyVaultProperties": {"keyIdentifier": "https://kv.vault.azure.net/keys/images"}
                },
            },
        ),
    ),
)
_DISKS = Pair(
    "disks",
    PIN
    + """
resource "azurerm_managed_disk" "data" {
  name                   = "data"
  resource_group_name    = "rg"
  disk_encryption_set_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/own"
  network_access_policy  = "DenyAll"
}
resource "azurerm_snapshot" "copy" {
  name                          = "copy"
  resource_group_name           = "rg"
  public_network_access_enabled = true
}
""",
    (
        resource(
            "Microsoft.Compute/disks",
            "data",
            properties={
                "encryption": {
                    "diskEncryptionSetId": "[resourceId('Microsoft.Compute/diskEncryptionSets', 'own')]"
                },
                "networkAccessPolicy": "DenyAll",
            },
        ),
        resource("Microsoft.Compute/snapshots", "copy", properties={"publicNetworkAccess": "Enabled"}),
    ),
)
_COSMOS = Pair(
    "cosmos",
    PIN
    + _LOGS
    + _sent("azurerm_cosmosdb_account.shop", "DataPlaneRequests")
    + """
resource "azurerm_cosmosdb_account" "shop" {
  name                          = "shop"
  resource_group_name           = "rg"
  kind                          = "GlobalDocumentDB"
  minimal_tls_version           = "Tls11"
  public_network_access_enabled = true
  local_authentication_disabled = true
  automatic_failover_enabled    = true
  key_vault_key_id              = "https://kv.vault.azure.net/keys/db"
  ip_range_filter               = ["198.51.100.0/24"]
  backup {
    type = "Continuous"
    tier = "Continuous7Days"
  }
  geo_location {
    location          = "westeurope"
    failover_priority = 0
    zone_redundant    = true
  }
}
""",
    (
        LOGS,
        resource(
            "Microsoft.DocumentDB/databaseAccounts",
            "shop",
            kind="GlobalDocumentDB",
            properties={
                "minimalTlsVersion": "Tls11",
                "publicNetworkAccess": "Enabled",
                "disableLocalAuth": True,
                "enableAutomaticFailover": True,
                "keyVaultKeyUri": "https://kv.vault.azure.net/keys/db",
                "ipRules": [{"ipAddressOrRange": "198.51.100.0/24"}],
                "backupPolicy": {
                    "type": "Continuous",
                    "continuousModeProperties": {"tier": "Continuous7Days"},
                },
                "locations": [{"locationName": "westeurope", "failoverPriority": 0, "isZoneRedundant": True}],
            },
        ),
        sent("Microsoft.DocumentDB/databaseAccounts", "shop", "DataPlaneRequests"),
    ),
)


def _managed(
    name: str, type_: str, arm_type: str, *, endpoint: str, keys: str, key: str, arm: dict[str, Any]
) -> Pair:
    """Return a service with an address of its own, which is closed, and an identity."""
    closed = '"Disabled"' if endpoint == "public_network_access" else "false"
    return Pair(
        type_,
        PIN
        + f"""
resource "{type_}" "one" {{
  name                = "{name}"
  resource_group_name = "rg"
  {endpoint} = {closed}
  {keys + " = false" if keys else ""}
  {key}
  identity {{
    type = "SystemAssigned"
  }}
}}
resource "{type_}" "other" {{
  name                = "{name}-other"
  resource_group_name = "rg"
}}
""",
        (
            resource(
                arm_type,
                name,
                identity={"type": "SystemAssigned"},
                properties={
                    "publicNetworkAccess": "Disabled",
                    **({"disableLocalAuth": True} if keys else {}),
                    **arm,
                },
            ),
            resource(arm_type, f"{name}-other", properties={}),
        ),
    )


_PLATFORM = (
    _managed(
        "cognitive",
        "azurerm_cognitive_account",
        "Microsoft.CognitiveServices/accounts",
        endpoint="public_network_access_enabled",
        keys="local_auth_enabled",
        key='customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }',
        arm={"encryption": {"keyVaultProperties": {"keyName": "k"}}},
    ),
    _managed(
        "search",
        "azurerm_search_service",
        "Microsoft.Search/searchServices",
        endpoint="public_network_access_enabled",
        keys="local_authentication_enabled",
        key="",
        arm={},
    ),
    _managed(
        "signalr",
        "azurerm_signalr_service",
        "Microsoft.SignalRService/signalR",
        endpoint="public_network_access_enabled",
        keys="local_auth_enabled",
        key="",
        arm={},
    ),
    _managed(
        "pubsub",
        "azurerm_web_pubsub",
        "Microsoft.SignalRService/webPubSub",
        endpoint="public_network_access_enabled",
        keys="local_auth_enabled",
        key="",
        arm={},
    ),
    _managed(
        "grafana",
        "azurerm_dashboard_grafana",
        "Microsoft.Dashboard/grafana",
        endpoint="public_network_access_enabled",
        keys="",
        key="",
        arm={},
    ),
    _managed(
        "appconfig",
        "azurerm_app_configuration",
        "Microsoft.AppConfiguration/configurationStores",
        endpoint="public_network_access",
        keys="local_auth_enabled",
        key='encryption { key_vault_key_identifier = "https://kv.vault.azure.net/keys/k" }',
        arm={"encryption": {"keyVaultProperties": {"keyIdentifier": "https://kv.vault.azure.net/keys/k"}}},
    ),
    _managed(
        "topic",
        "azurerm_eventgrid_topic",
        "Microsoft.EventGrid/topics",
        endpoint="public_network_access_enabled",
        keys="local_auth_enabled",
        key="",
        arm={},
    ),
    _managed(
        "domain",
        "azurerm_eventgrid_domain",
        "Microsoft.EventGrid/domains",
        endpoint="public_network_access_enabled",
        keys="local_auth_enabled",
        key="",
        arm={},
    ),
    _managed(
        "factory",
        "azurerm_data_factory",
        "Microsoft.DataFactory/factories",
        endpoint="public_network_enabled",
        keys="",
        key='customer_managed_key_id = "https://kv.vault.azure.net/keys/k"',
        arm={"encryption": {"keyName": "k"}},
    ),
    _managed(
        "synapse",
        "azurerm_synapse_workspace",
        "Microsoft.Synapse/workspaces",
        endpoint="public_network_access_enabled",
        keys="",
        key='customer_managed_key { key_versionless_id = "https://kv.vault.azure.net/keys/k" }',
        arm={"encryption": {"cmk": {"key": {"name": "k"}}}},
    ),
    _managed(
        "ml",
        "azurerm_machine_learning_workspace",
        "Microsoft.MachineLearningServices/workspaces",
        endpoint="public_network_access_enabled",
        keys="",
        key='encryption { key_id = "https://kv.vault.azure.net/keys/k" }',
        arm={"encryption": {"keyVaultProperties": {"keyIdentifier": "https://kv.vault.azure.net/keys/k"}}},
    ),
    _managed(
        "automation",
        "azurerm_automation_account",
        "Microsoft.Automation/automationAccounts",
        endpoint="public_network_access_enabled",
        keys="local_authentication_enabled",
        key='encryption { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }',
        arm={"encryption": {"keyVaultProperties": {"keyName": "k"}}},
    ),
    _managed(
        "databricks",
        "azurerm_databricks_workspace",
        "Microsoft.Databricks/workspaces",
        endpoint="public_network_access_enabled",
        keys="",
        key='managed_services_cmk_key_vault_key_id = "https://kv.vault.azure.net/keys/k"',
        arm={"encryption": {"entities": {"managedServices": {"keyVaultProperties": {"keyName": "k"}}}}},
    ),
    _managed(
        "apim",
        "azurerm_api_management",
        "Microsoft.ApiManagement/service",
        endpoint="public_network_access_enabled",
        keys="",
        key="",
        arm={},
    ),
    _managed(
        "vault",
        "azurerm_recovery_services_vault",
        "Microsoft.RecoveryServices/vaults",
        endpoint="public_network_access_enabled",
        keys="",
        key='encryption { key_id = "https://kv.vault.azure.net/keys/k" }',
        arm={"encryption": {"keyVaultProperties": {"keyUri": "https://kv.vault.azure.net/keys/k"}}},
    ),
    _managed(
        "kusto",
        "azurerm_kusto_cluster",
        "Microsoft.Kusto/clusters",
        endpoint="public_network_access_enabled",
        keys="",
        key="",
        arm={},
    ),
)

PAIRS = (
    *_PLATFORM,
    _APPS,
    _MESSAGING,
    _REGISTRY,
    _DISKS,
    _COSMOS,
    _POSTGRESQL,
    _MYSQL,
    _single("PostgreSQL", "Microsoft.DBforPostgreSQL/servers", key=True),
    _single("MySQL", "Microsoft.DBforMySQL/servers", key=True),
    _single("MariaDB", "Microsoft.DBforMariaDB/servers", key=False),
    _MSSQL,
    _REDIS,
    _STORAGE,
    _VAULT,
    _AKS,
    _NETWORK,
    _GATEWAY,
    _ROLES,
    _ACTIVITY,
    _elsewhere("Microsoft.DBforPostgreSQL/flexibleServers", "azurerm_postgresql_flexible_server"),
    _elsewhere("Microsoft.DBforMySQL/flexibleServers", "azurerm_mysql_flexible_server"),
    _elsewhere("Microsoft.DBforPostgreSQL/servers", "azurerm_postgresql"),
    _elsewhere("Microsoft.DBforMySQL/servers", "azurerm_mysql"),
    _elsewhere("Microsoft.DBforMariaDB/servers", "azurerm_mariadb"),
    _elsewhere("Microsoft.Sql/servers", "azurerm_mssql"),
)
