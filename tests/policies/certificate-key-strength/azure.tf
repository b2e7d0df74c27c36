resource "azurerm_key_vault" "main" {
  name                = "kv-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  tenant_id           = "00000000-0000-0000-0000-000000000000"
  sku_name            = "standard"
}

resource "azurerm_key_vault_certificate" "rsa" {
  name         = "rsa"
  key_vault_id = azurerm_key_vault.main.id

  certificate_policy {
    issuer_parameters { name = "DigiCert" }
    key_properties {
      exportable = true
      key_type   = "RSA"
      key_size   = 2048
      reuse_key  = false
    }
    secret_properties { content_type = "application/x-pkcs12" }
  }
}

variable "size" {}

resource "azurerm_key_vault_certificate" "unsure" {
  name         = "unsure"
  key_vault_id = azurerm_key_vault.main.id

  certificate_policy {
    issuer_parameters { name = "DigiCert" }
    key_properties {
      exportable = true
      key_type   = "RSA"
      key_size   = var.size # expect: unknown key_strength_bits
      reuse_key  = false
    }
    secret_properties { content_type = "application/x-pkcs12" }
  }
}
