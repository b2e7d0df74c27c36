resource "azurerm_user_assigned_identity" "data" {
  name                = "${local.name}-data"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
}

resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${local.name}-cluster"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
}

resource "azurerm_user_assigned_identity" "gateway" {
  name                = "${local.name}-gateway"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
}

resource "azurerm_user_assigned_identity" "api" {
  name                = "${local.name}-api"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
}

resource "azurerm_role_assignment" "data_key" {
  scope                = azurerm_key_vault_key.data.resource_versionless_id
  role_definition_name = "Key Vault Crypto Service Encryption User"
  principal_id         = azurerm_user_assigned_identity.data.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "cache_snapshots" {
  scope                = azurerm_storage_account.documents.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.data.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "gateway_certificate" {
  scope                = azurerm_key_vault.main.id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.gateway.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "api_photos" {
  scope                = azurerm_storage_account.documents.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.api.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "engineers" {
  scope                = "/subscriptions/${var.subscription_id}"
  role_definition_name = "Owner" # planted: role-binding-not-privileged-at-large-scope
  principal_id         = var.engineers_group_id
  principal_type       = "Group" # unknown: role-binding-no-privileged-guest
}

resource "azurerm_role_definition" "restart" {
  name        = "${local.name}-restart"
  scope       = azurerm_resource_group.main.id
  description = "Restart a node pool, and nothing else"

  permissions {
    actions = ["*"] # planted: policy-no-admin, role-no-wildcards, role-no-escalation
  }

  assignable_scopes = [azurerm_resource_group.main.id]
}

resource "azurerm_role_assignment" "restart" {
  scope              = azurerm_kubernetes_cluster.main.id
  role_definition_id = azurerm_role_definition.restart.role_definition_resource_id
  principal_id       = var.engineers_group_id
  principal_type     = "Group" # unknown: role-binding-no-privileged-guest
}
