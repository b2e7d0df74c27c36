resource "azurerm_machine_learning_workspace" "models" {
  name                 = "models"
  resource_group_name  = "rg"
  location             = "westeurope"
  high_business_impact = false # expect: fail scratch_encrypted
}

resource "azurerm_kusto_cluster" "events" {
  name                    = "events"
  resource_group_name     = "rg"
  location                = "westeurope"
  disk_encryption_enabled = false # expect: fail scratch_encrypted
}
