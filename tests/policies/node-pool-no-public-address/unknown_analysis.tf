resource "azurerm_databricks_workspace" "reports" { # expect: unknown public_ip
  name                = "reports"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "premium"
}
