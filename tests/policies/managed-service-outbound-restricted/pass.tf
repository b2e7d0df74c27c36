resource "azurerm_cognitive_account" "speech" {
  name                = "speech"
  resource_group_name = "rg"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"

  outbound_network_access_restricted = true
  fqdns                              = ["models.example.org"]
}

resource "azurerm_machine_learning_workspace" "models" {
  name                = "models"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = "AllowOnlyApprovedOutbound"
  }
}

resource "azurerm_synapse_workspace" "reports" {
  name                                 = "reports"
  resource_group_name                  = "rg"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://lake.dfs.core.windows.net/reports"
  managed_virtual_network_enabled      = true
  data_exfiltration_protection_enabled = true
}

resource "azurerm_kusto_cluster" "events" {
  name                               = "events"
  resource_group_name                = "rg"
  location                           = "westeurope"
  outbound_network_access_restricted = true
}

resource "azurerm_ai_services" "vision" {
  name                               = "vision"
  resource_group_name                = "rg"
  location                           = "westeurope"
  sku_name                           = "S0"
  outbound_network_access_restricted = true
}

resource "azurerm_ai_foundry" "hub" {
  name                = "hub"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = "AllowOnlyApprovedOutbound"
  }
}
