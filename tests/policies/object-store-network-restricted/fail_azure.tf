resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account_network_rules" "orders" {
  storage_account_id = azurerm_storage_account.orders.id
  default_action     = "Allow" # expect: fail network.allowed_sources
  ip_rules           = ["198.51.100.0/24"]
}

resource "azurerm_storage_account" "unset" { # expect: fail network.allowed_sources
  name                     = "orders"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}

resource "azurerm_storage_account" "halves" {
  name                     = "halves"
  resource_group_name      = "rg-orders"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"

  network_rules {
    default_action = "Deny"
    ip_rules       = ["0.0.0.0/1", "128.0.0.0/1"] # expect: fail network.allowed_sources
  }
}
