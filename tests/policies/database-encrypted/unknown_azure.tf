variable "choice" {
  type = bool
}

resource "azurerm_mssql_database" "warehouse" {
  name                                = "warehouse"
  server_id                           = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shop/providers/Microsoft.Sql/servers/ledger"
  sku_name                            = "DW100c"
  transparent_data_encryption_enabled = var.choice # expect: unknown encryption.at_rest
}
