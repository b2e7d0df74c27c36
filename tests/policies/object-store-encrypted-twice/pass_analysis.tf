resource "azurerm_databricks_workspace" "reports" {
  name                              = "reports"
  resource_group_name               = "rg"
  location                          = "westeurope"
  sku                               = "premium"
  infrastructure_encryption_enabled = true
}

resource "azurerm_kusto_cluster" "events" {
  name                      = "events"
  resource_group_name       = "rg"
  location                  = "westeurope"
  double_encryption_enabled = true
}
