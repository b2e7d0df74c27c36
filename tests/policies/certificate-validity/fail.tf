resource "azurerm_key_vault_certificate" "shop" {
  name         = "shop"
  key_vault_id = azurerm_key_vault.kv.id

  certificate_policy {
    issuer_parameters {
      name = "DigiCert"
    }

    key_properties {
      exportable = false
      key_type   = "RSA"
      reuse_key  = false
      key_size   = 3072
    }

    lifetime_action {
      action {
        action_type = "AutoRenew"
      }

      trigger {
        days_before_expiry = 30
      }
    }

    secret_properties {
      content_type = "application/x-pkcs12"
    }

    x509_certificate_properties {
      key_usage          = ["digitalSignature"]
      subject            = "CN=shop.example.org"
      validity_in_months = 36 # expect: fail validity_months
    }
  }
}
