resource "azurerm_cognitive_account" "speech" { # expect: fail network.outbound_restricted
  name                = "speech"
  resource_group_name = "rg"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"
}

resource "azurerm_machine_learning_workspace" "models" {
  name                = "models"
  resource_group_name = "rg"
  location            = "westeurope"

  managed_network {
    isolation_mode = "AllowInternetOutbound" # expect: fail network.outbound_restricted
  }
}

resource "azurerm_synapse_workspace" "reports" { # expect: fail network.outbound_restricted
  name                                 = "reports"
  resource_group_name                  = "rg"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://lake.dfs.core.windows.net/reports"
}

resource "azurerm_kusto_cluster" "events" {
  name                               = "events"
  resource_group_name                = "rg"
  location                           = "westeurope"
  outbound_network_access_restricted = false # expect: fail network.outbound_restricted
}

resource "azurerm_search_service" "catalogue" { # expect: fail network.outbound_restricted
  name                = "catalogue"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "standard"
}
