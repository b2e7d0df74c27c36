resource "azurerm_databricks_workspace" "reports" {
  name                              = "reports"
  resource_group_name               = "rg"
  location                          = "westeurope"
  sku                               = "premium"
  infrastructure_encryption_enabled = false # expect: fail encrypted_twice
}

resource "azurerm_kusto_cluster" "events" { # expect: fail encrypted_twice
  name                = "events"
  resource_group_name = "rg"
  location            = "westeurope"
}
