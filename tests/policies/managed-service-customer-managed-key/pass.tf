resource "azurerm_cognitive_account" "cognitive" {
  name                = "cognitive"
  resource_group_name = "rg"
  customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
}

resource "azurerm_app_configuration" "appconfig" {
  name                = "appconfig"
  resource_group_name = "rg"
  encryption { key_vault_key_identifier = "https://kv.vault.azure.net/keys/k" }
}

resource "azurerm_data_factory" "factory" {
  name                = "factory"
  resource_group_name = "rg"
  customer_managed_key_id = "https://kv.vault.azure.net/keys/k"
}

resource "azurerm_synapse_workspace" "synapse" {
  name                = "synapse"
  resource_group_name = "rg"
  customer_managed_key { key_versionless_id = "https://kv.vault.azure.net/keys/k" }
}

resource "azurerm_machine_learning_workspace" "ml" {
  name                = "ml"
  resource_group_name = "rg"
  encryption { key_id = "https://kv.vault.azure.net/keys/k" }
}

resource "azurerm_automation_account" "automation" {
  name                = "automation"
  resource_group_name = "rg"
  encryption { key_vault_key_id = "https://kv.vault.azure.net/keys/k" }
}

resource "azurerm_databricks_workspace" "databricks" {
  name                = "databricks"
  resource_group_name = "rg"
  managed_services_cmk_key_vault_key_id = "https://kv.vault.azure.net/keys/k"
}

resource "azurerm_recovery_services_vault" "vault" {
  name                = "vault"
  resource_group_name = "rg"
  encryption { key_id = "https://kv.vault.azure.net/keys/k" }
}
