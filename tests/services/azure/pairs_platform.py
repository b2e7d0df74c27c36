"""Services of the platform that are more than an address and a key, in Terraform and in an ARM template."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

_EVENTS = Pair(
    "event grid",
    PIN
    + """
resource "azurerm_eventgrid_system_topic" "files" {
  name                = "files"
  resource_group_name = "rg"
  topic_type          = "Microsoft.Storage.StorageAccounts"
  identity { type = "SystemAssigned" }
}
resource "azurerm_eventgrid_namespace" "clients" {
  name                  = "clients"
  resource_group_name   = "rg"
  public_network_access = "Disabled"
}
resource "azurerm_eventgrid_partner_namespace" "partners" {
  name                         = "partners"
  resource_group_name          = "rg"
  local_authentication_enabled = false
}
""",
    (
        resource(
            "Microsoft.EventGrid/systemTopics",
            "files",
            identity={"type": "SystemAssigned"},
            properties={"topicType": "Microsoft.Storage.StorageAccounts"},
        ),
        resource("Microsoft.EventGrid/namespaces", "clients", properties={"publicNetworkAccess": "Disabled"}),
        resource("Microsoft.EventGrid/partnerNamespaces", "partners", properties={"disableLocalAuth": True}),
    ),
)
_ANALYSIS = Pair(
    "what analysis sends, encrypts and answers with",
    PIN
    + """
resource "azurerm_cognitive_account" "speech" {
  name                               = "speech"
  resource_group_name                = "rg"
  outbound_network_access_restricted = true
}
resource "azurerm_search_service" "catalogue" {
  name                = "catalogue"
  resource_group_name = "rg"
  replica_count       = 3
}
resource "azurerm_kusto_cluster" "events" {
  name                               = "events"
  resource_group_name                = "rg"
  double_encryption_enabled          = true
  disk_encryption_enabled            = true
  outbound_network_access_restricted = true
}
resource "azurerm_synapse_workspace" "reports" {
  name                                 = "reports"
  resource_group_name                  = "rg"
  data_exfiltration_protection_enabled = true
}
resource "azurerm_databricks_workspace" "tables" {
  name                              = "tables"
  resource_group_name               = "rg"
  infrastructure_encryption_enabled = true
  custom_parameters { no_public_ip = false }
}
""",
    (
        resource(
            "Microsoft.CognitiveServices/accounts",
            "speech",
            properties={"restrictOutboundNetworkAccess": True},
        ),
        resource("Microsoft.Search/searchServices", "catalogue", properties={"replicaCount": 3}),
        resource(
            "Microsoft.Kusto/clusters",
            "events",
            properties={
                "enableDoubleEncryption": True,
                "enableDiskEncryption": True,
                "restrictOutboundNetworkAccess": "Enabled",
            },
        ),
        resource(
            "Microsoft.Synapse/workspaces",
            "reports",
            properties={"managedVirtualNetworkSettings": {"preventDataExfiltration": True}},
        ),
        resource(
            "Microsoft.Databricks/workspaces",
            "tables",
            properties={
                "parameters": {
                    "requireInfrastructureEncryption": {"value": True},
                    "enableNoPublicIp": {"value": False},
                }
            },
        ),
    ),
)
_MODELS = Pair(
    "machine learning",
    PIN
    + """
resource "azurerm_machine_learning_workspace" "models" {
  name                 = "models"
  resource_group_name  = "rg"
  high_business_impact = true
  managed_network { isolation_mode = "AllowOnlyApprovedOutbound" }
}
resource "azurerm_machine_learning_compute_cluster" "training" {
  name                          = "training"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.models.id
  node_public_ip_enabled        = false
  ssh_public_access_enabled     = false
  tags                          = { owner = "shop" }
}
resource "azurerm_machine_learning_compute_instance" "notebook" {
  name                          = "notebook"
  machine_learning_workspace_id = azurerm_machine_learning_workspace.models.id
}
resource "azapi_resource" "answers" {
  type      = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-06-01"
  name      = "answers"
  parent_id = azurerm_machine_learning_workspace.models.id
  body = { properties = { authMode = "AADToken", publicNetworkAccess = "Disabled" } }
}
""",
    (
        resource(
            "Microsoft.MachineLearningServices/workspaces",
            "models",
            properties={
                "hbiWorkspace": True,
                "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
            },
            resources=[
                resource(
                    "computes",
                    "training",
                    tags={"owner": "shop"},
                    properties={
                        "computeType": "AmlCompute",
                        "properties": {
                            "enableNodePublicIP": False,
                            "remoteLoginPortPublicAccess": "Disabled",
                        },
                    },
                ),
                resource("computes", "notebook", properties={"computeType": "ComputeInstance"}),
                resource(
                    "onlineEndpoints",
                    "answers",
                    properties={"authMode": "AADToken", "publicNetworkAccess": "Disabled"},
                ),
            ],
        ),
    ),
)
_PAGES = Pair(
    "static web apps",
    PIN
    + """
resource "azurerm_static_web_app" "pages" {
  name                = "pages"
  resource_group_name = "rg"
  app_settings        = { API_PASSWORD = "not-a-good-one" }
  identity { type = "SystemAssigned" }
  basic_auth {
    environments = "AllEnvironments"
    password     = "not-a-good-one"
  }
}
""",
    (
        resource(
            "Microsoft.Web/staticSites",
            "pages",
            identity={"type": "SystemAssigned"},
            properties={"branch": "main"},
            resources=[
                resource("config", "appsettings", properties={"API_PASSWORD": "not-a-good-one"}),
                resource(
                    "basicAuth", "default", properties={"applicableEnvironmentsMode": "AllEnvironments"}
                ),
            ],
        ),
    ),
)
_ROWS = Pair(
    "tables of storage",
    PIN
    + """
resource "azurerm_storage_account" "orders" {
  name                = "ordersrows"
  resource_group_name = "rg"
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
  table_encryption_key_type = "Account"
}
resource "azurerm_storage_table" "visits" {
  name                 = "visits"
  storage_account_name = azurerm_storage_account.orders.name
}
""",
    (
        resource(
            "Microsoft.Storage/storageAccounts",
            "ordersrows",
            properties={
                "encryption": {
                    "keyvaultproperties": {"keyname": "k"},
                    "services": {"table": {"keyType": "Account"}},
                }
            },
            resources=[
                resource(
                    "tableServices",
                    "default",
                    properties={},
                    resources=[resource("tables", "visits", properties={})],
                )
            ],
        ),
    ),
    frozenset(
        {"cross_tenant_copies", "public_access_blocked", "shared_key_days"}
    ),  # what azurerm sets by itself,
)
_ON = "[resourceId('Microsoft.OperationalInsights/workspaces', 'security')]"
_SENTINEL = Pair(
    "sentinel",
    PIN
    + """
resource "azurerm_log_analytics_workspace" "security" {
  name                = "security"
  resource_group_name = "rg"
}
resource "azurerm_sentinel_log_analytics_workspace_onboarding" "security" {
  workspace_id = azurerm_log_analytics_workspace.security.id
}
resource "azurerm_sentinel_alert_rule_scheduled" "guessing" {
  name                       = "guessing"
  log_analytics_workspace_id = azurerm_sentinel_log_analytics_workspace_onboarding.security.workspace_id
}
resource "azurerm_sentinel_data_connector_office_365" "mail" {
  name                       = "mail"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.security.id
}
""",
    (
        resource("Microsoft.OperationalInsights/workspaces", "security", properties={}),
        resource(
            "Microsoft.OperationsManagement/solutions",
            "SecurityInsights(security)",
            plan={"product": "OMSGallery/SecurityInsights"},
            properties={"workspaceResourceId": _ON},
        ),
        resource("Microsoft.SecurityInsights/onboardingStates", "default", scope=_ON, properties={}),
        resource(
            "Microsoft.SecurityInsights/alertRules", "guessing", scope=_ON, properties={"enabled": True}
        ),
        resource(
            "Microsoft.SecurityInsights/dataConnectors", "mail", scope=_ON, properties={"tenantId": "t"}
        ),
    ),
)
_SQL = Pair(
    "sql server on a machine",
    PIN
    + """
resource "azurerm_windows_virtual_machine" "sql" {
  name                = "sql"
  resource_group_name = "rg"
}
resource "azurerm_mssql_virtual_machine" "sql" {
  virtual_machine_id    = azurerm_windows_virtual_machine.sql.id
  sql_connectivity_type = "PUBLIC"
  tags                  = { owner = "shop" }
  auto_backup { retention_period_in_days = 14 }
  auto_patching { day_of_week = "Sunday" }
}
""",
    (
        resource(
            "Microsoft.Compute/virtualMachines",
            "sql",
            properties={"osProfile": {"windowsConfiguration": {}}},
        ),
        resource(
            "Microsoft.SqlVirtualMachine/sqlVirtualMachines",
            "sql",
            tags={"owner": "shop"},
            properties={
                "virtualMachineResourceId": "[resourceId('Microsoft.Compute/virtualMachines', 'sql')]",
                "autoBackupSettings": {"enable": True, "retentionPeriod": 14},
                "autoPatchingSettings": {"enable": True},
                "serverConfigurationsManagementSettings": {
                    "sqlConnectivityUpdateSettings": {"connectivityType": "PUBLIC"}
                },
            },
        ),
    ),
)
PLATFORM = (_EVENTS, _ANALYSIS, _MODELS, _PAGES, _ROWS, _SENTINEL, _SQL)
