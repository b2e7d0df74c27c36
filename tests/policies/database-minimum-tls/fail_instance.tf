resource "azurerm_mssql_managed_instance" "orders" {
  name                = "orders-mi"
  resource_group_name = "rg"
  location            = "westeurope"
  minimum_tls_version = "1.0" # expect: fail tls.min_version
}
