resource "azurerm_storage_account" "orders" { # expect: fail network.private_endpoint
  name                     = "orders"
  resource_group_name      = "rg"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GRS"
}

resource "azurerm_key_vault" "kv" { # expect: fail network.private_endpoint
  name                = "orders-kv"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "standard"
}
