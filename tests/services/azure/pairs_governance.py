"""What watches over a subscription and recovers it, in Terraform and in an ARM template."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

_SUBSCRIPTION = "/subscriptions/22222222-2222-2222-2222-222222222222"

_WATCH = Pair(
    "what watches a subscription",
    PIN
    + f"""
resource "azurerm_security_center_subscription_pricing" "machines" {{
  resource_type = "VirtualMachines"
  tier          = "Free"
}}
resource "azurerm_security_center_contact" "team" {{
  name                = "default"
  email               = "team@example.org"
  alert_notifications = true
  alerts_to_admins    = false
}}
resource "azurerm_security_center_auto_provisioning" "agent" {{
  auto_provision = "On"
}}
resource "azurerm_monitor_action_group" "team" {{
  name                = "team"
  resource_group_name = "rg"
  email_receiver {{
    name          = "team"
    email_address = "team@example.org"
  }}
}}
resource "azurerm_monitor_activity_log_alert" "changes" {{
  name                = "changes"
  resource_group_name = "rg"
  enabled             = true
  scopes              = ["{_SUBSCRIPTION}"]
  criteria {{
    category = "Administrative"
  }}
  action {{ action_group_id = azurerm_monitor_action_group.team.id }}
}}
resource "azurerm_monitor_metric_alert" "busy" {{
  name                = "busy"
  resource_group_name = "rg"
  enabled             = false
  action {{ action_group_id = azurerm_monitor_action_group.team.id }}
}}
resource "azurerm_monitor_scheduled_query_rules_alert_v2" "failures" {{
  name                = "failures"
  resource_group_name = "rg"
  enabled             = true
  tags                = {{ owner = "shop" }}
  action {{ action_groups = [azurerm_monitor_action_group.team.id] }}
}}
""",
    (
        resource("Microsoft.Security/pricings", "VirtualMachines", properties={"pricingTier": "Free"}),
        resource(
            "Microsoft.Security/securityContacts",
            "default",
            "2023-12-01-preview",
            properties={
                "emails": "team@example.org",
                "notificationsSources": [{"sourceType": "Alert", "minimalSeverity": "High"}],
                "notificationsByRole": {"state": "Off", "roles": []},
            },
        ),
        resource(
            "Microsoft.Security/autoProvisioningSettings", "default", properties={"autoProvision": "On"}
        ),
        resource(
            "Microsoft.Insights/actionGroups",
            "team",
            properties={
                "enabled": True,
                "emailReceivers": [{"name": "team", "emailAddress": "team@example.org"}],
            },
        ),
        resource(
            "Microsoft.Insights/activityLogAlerts",
            "changes",
            properties={
                "enabled": True,
                "scopes": [_SUBSCRIPTION],
                "condition": {"allOf": [{"field": "category", "equals": "Administrative"}]},
                "actions": {
                    "actionGroups": [
                        {"actionGroupId": "[resourceId('Microsoft.Insights/actionGroups', 'team')]"}
                    ]
                },
            },
        ),
        resource(
            "Microsoft.Insights/metricAlerts",
            "busy",
            properties={
                "enabled": False,
                "actions": [{"actionGroupId": "[resourceId('Microsoft.Insights/actionGroups', 'team')]"}],
            },
        ),
        resource(
            "Microsoft.Insights/scheduledQueryRules",
            "failures",
            tags={"owner": "shop"},
            properties={
                "enabled": True,
                "actions": {"actionGroups": ["[resourceId('Microsoft.Insights/actionGroups', 'team')]"]},
            },
        ),
    ),
    # azurerm has no word for what a contact is told of
    frozenset({"security_contact.attack_paths"}),
)
_BUDGET = Pair(
    "a budget",
    PIN
    + f"""
resource "azurerm_consumption_budget_resource_group" "month" {{
  name              = "month"
  resource_group_id = "{_SUBSCRIPTION}/resourceGroups/rg"
  amount            = 1000
  notification {{
    enabled        = true
    contact_emails = ["team@example.org"]
  }}
}}
""",
    (
        resource(
            "Microsoft.Consumption/budgets",
            "month",
            properties={
                "amount": 1000,
                "notifications": {"used": {"enabled": True, "contactEmails": ["team@example.org"]}},
            },
        ),
    ),
    frozenset({"scope"}),
)
_BACKUP = Pair(
    "backup",
    PIN
    + """
resource "azurerm_recovery_services_vault" "copies" {
  name                          = "copies"
  resource_group_name           = "rg"
  immutability                  = "Unlocked"
  soft_delete_enabled           = true
  storage_mode_type             = "GeoRedundant"
  cross_region_restore_enabled  = true
  public_network_access_enabled = false
  tags                          = { owner = "shop" }
}
resource "azurerm_backup_policy_vm" "daily" {
  name                = "daily"
  resource_group_name = "rg"
  recovery_vault_name = azurerm_recovery_services_vault.copies.name
  retention_daily { count = 30 }
}
resource "azurerm_data_protection_backup_vault" "more" {
  name                       = "more"
  resource_group_name        = "rg"
  redundancy                 = "LocallyRedundant"
  immutability               = "Disabled"
  soft_delete                = "On"
  retention_duration_in_days = 20
}
resource "azurerm_data_protection_backup_policy_disk" "disks" {
  name                       = "disks"
  vault_id                   = azurerm_data_protection_backup_vault.more.id
  default_retention_duration = "P7D"
}
""",
    (
        resource(
            "Microsoft.RecoveryServices/vaults",
            "copies",
            tags={"owner": "shop"},
            properties={
                "publicNetworkAccess": "Disabled",
                "securitySettings": {"immutabilitySettings": {"state": "Unlocked"}},
            },
        ),
        resource(
            "Microsoft.RecoveryServices/vaults/backupconfig",
            "copies/vaultconfig",
            properties={"softDeleteFeatureState": "Enabled"},
        ),
        resource(
            "Microsoft.RecoveryServices/vaults/backupstorageconfig",
            "copies/vaultstorageconfig",
            properties={"storageModelType": "GeoRedundant", "crossRegionRestoreFlag": True},
        ),
        resource(
            "Microsoft.RecoveryServices/vaults/backupPolicies",
            "copies/daily",
            properties={
                "retentionPolicy": {
                    "dailySchedule": {"retentionDuration": {"count": 30, "durationType": "Days"}}
                }
            },
        ),
        resource(
            "Microsoft.DataProtection/backupVaults",
            "more",
            properties={
                "securitySettings": {
                    "immutabilitySettings": {"state": "Disabled"},
                    "softDeleteSettings": {"state": "On", "retentionDurationInDays": 20},
                },
                "storageSettings": [{"datastoreType": "VaultStore", "type": "LocallyRedundant"}],
            },
        ),
        resource(
            "Microsoft.DataProtection/backupVaults/backupPolicies",
            "more/disks",
            properties={
                "policyRules": [
                    {"isDefault": True, "lifecycles": [{"deleteAfter": {"duration": "P7D"}}]},
                    {"isDefault": False, "lifecycles": [{"deleteAfter": {"duration": "P1Y"}}]},
                ]
            },
        ),
    ),
    # azurerm has no word for the guard of a Backup vault
    frozenset({"two_people"}),
)
_POLICY_ID = "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c"
_POLICY = Pair(
    "policy",
    PIN
    + f"""
resource "azurerm_resource_group_policy_assignment" "regions" {{
  name                 = "regions"
  resource_group_id    = "{_SUBSCRIPTION}/resourceGroups/rg"
  policy_definition_id = "{_POLICY_ID}"
  enforce              = false
}}
resource "azurerm_policy_definition" "tags" {{
  name        = "tags"
  policy_rule = jsonencode({{ if = {{ field = "tags" }}, then = {{ effect = "deny" }} }})
}}
resource "azurerm_policy_set_definition" "all" {{
  name = "all"
}}
""",
    (
        resource(
            "Microsoft.Authorization/policyAssignments",
            "regions",
            properties={"policyDefinitionId": _POLICY_ID, "enforcementMode": "DoNotEnforce"},
        ),
        resource(
            "Microsoft.Authorization/policyDefinitions",
            "tags",
            properties={"policyRule": {"if": {"field": "tags"}, "then": {"effect": "deny"}}},
        ),
        resource("Microsoft.Authorization/policySetDefinitions", "all", properties={"policyDefinitions": []}),
    ),
)
_IDENTITIES = Pair(
    "identities",
    PIN
    + """
resource "azurerm_user_assigned_identity" "deployer" {
  name                = "deployer"
  resource_group_name = "rg"
  tags                = { owner = "shop" }
}
resource "azurerm_federated_identity_credential" "pipeline" {
  name                = "pipeline"
  resource_group_name = "rg"
  parent_id           = azurerm_user_assigned_identity.deployer.id
  subject             = "repo:example/shop:environment:production"
}
resource "azurerm_application_insights" "shop" {
  name                          = "shop"
  resource_group_name           = "rg"
  internet_ingestion_enabled    = true
  internet_query_enabled        = false
  local_authentication_disabled = true
}
""",
    (
        resource("Microsoft.ManagedIdentity/userAssignedIdentities", "deployer", tags={"owner": "shop"}),
        resource(
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
            "deployer/pipeline",
            properties={"subject": "repo:example/shop:environment:production"},
        ),
        resource(
            "Microsoft.Insights/components",
            "shop",
            properties={
                "publicNetworkAccessForIngestion": "Enabled",
                "publicNetworkAccessForQuery": "Disabled",
                "DisableLocalAuth": True,
            },
        ),
    ),
)

GOVERNANCE = (_WATCH, _BUDGET, _BACKUP, _POLICY, _IDENTITIES)
