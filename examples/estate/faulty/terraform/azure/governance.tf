# What holds for the whole subscription, and what recovers the rest.

resource "azurerm_security_center_subscription_pricing" "plans" { # unknown: account-alerts-on-changes, account-audit-exported, account-detection-integrated, account-hears-of-outages
  for_each = toset([
    "VirtualMachines",
    "SqlServers",
    "AppServices",
    "StorageAccounts",
    "SqlServerVirtualMachines",
    "Containers",
    "KeyVaults",
    "Arm",
    "OpenSourceRelationalDatabases",
    "CosmosDbs",
  ])

  resource_type = each.key
  tier          = each.key == "KeyVaults" ? "Free" : "Standard" # planted: account-threat-detection
}

resource "azurerm_security_center_contact" "team" {
  name                = "default"
  email               = "" # planted: account-security-contact
  alert_notifications = false # planted: account-security-alerts-sent
  alerts_to_admins    = false # planted: account-owners-hear-alerts
}

resource "azurerm_monitor_activity_log_alert" "guards" { # planted: alert-rule-reaches-somebody
  for_each = toset([
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/policyAssignments/delete",
    "Microsoft.Network/networkSecurityGroups/write",
    "Microsoft.Network/networkSecurityGroups/delete",
    "Microsoft.Network/publicIPAddresses/write",
    "Microsoft.Network/publicIPAddresses/delete",
    "Microsoft.Security/securitySolutions/write",
    "Microsoft.Security/securitySolutions/delete",
    "Microsoft.Sql/servers/firewallRules/write",
    "Microsoft.Sql/servers/firewallRules/delete",
  ])

  name                = "${local.name}-${replace(each.key, "/", "-")}"
  resource_group_name = azurerm_resource_group.main.name
  location            = "global"
  scopes              = ["/subscriptions/${var.subscription_id}"]
  tags                = local.tags

  criteria {
    category       = "Administrative"
    operation_name = each.key
  }
}

resource "azurerm_consumption_budget_subscription" "month" {
  name            = "${local.name}-month"
  subscription_id = "/subscriptions/${var.subscription_id}"
  amount          = 5000
  time_grain      = "Monthly"

  time_period {
    start_date = "2026-01-01T00:00:00Z"
  }

  notification { # planted: budget-reaches-somebody
    enabled        = false
    operator       = "GreaterThan"
    threshold      = 90
    contact_emails = ["finance@example.com"]
  }
}

resource "azurerm_subscription_policy_assignment" "benchmark" {
  name                 = "SecurityCenterBuiltIn"
  subscription_id      = "/subscriptions/${var.subscription_id}"
  policy_definition_id = "/providers/Microsoft.Authorization/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8"
  enforce              = false # planted: policy-assignment-enforced, account-security-baseline
}

resource "azurerm_recovery_services_vault" "copies" { # planted: backup-vault-immutable, deletion-protection, private-endpoint-used
  name                          = "rsv-${local.name}"
  resource_group_name           = azurerm_resource_group.main.name
  location                      = azurerm_resource_group.main.location
  sku                           = "Standard"
  storage_mode_type             = "LocallyRedundant" # planted: backup-vault-second-region
  soft_delete_enabled           = false # planted: backup-vault-soft-delete
  public_network_access_enabled = false
  tags                          = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  encryption {
    key_id                            = azurerm_key_vault_key.data.id
    infrastructure_encryption_enabled = true
    use_system_assigned_identity      = false
    user_assigned_identity_id         = azurerm_user_assigned_identity.data.id
  }
}

resource "azurerm_backup_policy_vm" "daily" {
  name                = "daily"
  resource_group_name = azurerm_resource_group.main.name
  recovery_vault_name = azurerm_recovery_services_vault.copies.name

  backup {
    frequency = "Daily"
    time      = "23:00"
  }

  retention_daily {
    count = 3 # planted: backup-plan-retention
  }
}

# The pipeline signs in without a secret.
resource "azurerm_user_assigned_identity" "pipeline" {
  name                = "${local.name}-pipeline"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "pipeline" {
  name                = "pipeline"
  resource_group_name = azurerm_resource_group.main.name
  parent_id           = azurerm_user_assigned_identity.pipeline.id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = "repo:example/directory:pull_request" # planted: identity-federation-not-open
}

resource "azurerm_role_assignment" "pipeline" {
  scope                = azurerm_resource_group.main.id
  role_definition_name = "Contributor"
  principal_id         = var.engineers_group_id
  principal_type       = "ForeignGroup" # planted: role-binding-no-privileged-guest
}
