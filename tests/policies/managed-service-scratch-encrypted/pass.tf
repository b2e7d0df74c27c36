resource "azurerm_machine_learning_workspace" "models" {
  name                 = "models"
  resource_group_name  = "rg"
  location             = "westeurope"
  high_business_impact = true
}

resource "azurerm_kusto_cluster" "events" {
  name                    = "events"
  resource_group_name     = "rg"
  location                = "westeurope"
  disk_encryption_enabled = true
}
