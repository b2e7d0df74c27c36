resource "azurerm_mssql_managed_instance" "orders" {
  name                = "orders-mi"
  resource_group_name = "rg"
  location            = "westeurope"
  public_data_endpoint_enabled = false
}
