variable "period" {}

resource "azurerm_key_vault" "main" {
  name                = "kv-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  tenant_id           = "00000000-0000-0000-0000-000000000000"
  sku_name            = "standard"
}

resource "azurerm_key_vault_key" "sound" {
  name         = "sound"
  key_vault_id = azurerm_key_vault.main.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["encrypt", "decrypt"]

  rotation_policy {
    automatic {
      time_after_creation = "P90D"
    }
  }
}

resource "azurerm_key_vault_key" "faulty" {
  name         = "faulty"
  key_vault_id = azurerm_key_vault.main.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["encrypt", "decrypt"]

  rotation_policy {
    automatic {
      time_after_creation = "P3Y" # expect: fail rotation_days
    }
  }
}

resource "azurerm_key_vault_key" "open" {
  name         = "open"
  key_vault_id = azurerm_key_vault.main.id
  key_type     = "RSA"
  key_size     = 3072
  key_opts     = ["encrypt", "decrypt"]

  rotation_policy {
    automatic {
      time_after_creation = var.period # expect: unknown rotation_days, unknown rotation
    }
  }
}
