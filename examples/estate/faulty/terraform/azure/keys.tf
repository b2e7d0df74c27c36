resource "azurerm_key_vault" "main" { # planted: secret-store-audited
  name                          = "kv-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  tenant_id                     = var.tenant_id
  sku_name                      = "premium"
  rbac_authorization_enabled    = false # planted: secret-store-uses-rbac
  purge_protection_enabled      = false # planted: secret-store-purge-protection
  soft_delete_retention_days    = 7 # planted: key-deletion-window, secret-store-soft-delete-days
  tags                          = local.tags

  network_acls {
    bypass         = "AzureServices"
    default_action = "Allow" # planted: secret-store-network-restricted
  }
}

resource "azurerm_private_endpoint" "vault" { # planted: private-endpoint-dns
  name                = "${local.name}-vault"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  subnet_id           = azurerm_subnet.application.id

  private_service_connection {
    name                           = "vault"
    private_connection_resource_id = azurerm_key_vault.main.id
    subresource_names              = ["vault"]
    is_manual_connection           = false
  }
}

resource "azurerm_key_vault_key" "data" { # planted: key-expires, key-rotation
  name         = "data"
  key_vault_id = azurerm_key_vault.main.id
  key_type     = "RSA" # planted: key-hardware-backed
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
}

resource "azurerm_key_vault_key" "cluster" {
  name         = "cluster"
  key_vault_id = azurerm_key_vault.main.id
  key_type     = "RSA-HSM"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey", "encrypt", "decrypt"]

  rotation_policy {
    expire_after         = "P1Y"
    notify_before_expiry = "P30D"

    automatic {
      time_before_expiry = "P60D"
    }
  }
}

resource "random_password" "database" {
  length = 40
}

resource "azurerm_key_vault_secret" "database" { # planted: secret-expires
  name            = "database-administrator"
  key_vault_id    = azurerm_key_vault.main.id
  value           = "Autumn-2024-directory" # planted: secret-not-inline
  content_type    = "password"
}

resource "azurerm_key_vault_certificate" "public" {
  name         = "public"
  key_vault_id = azurerm_key_vault.main.id

  certificate_policy {
    issuer_parameters {
      name = "DigiCert"
    }

    key_properties {
      exportable = true
      key_size   = 3072
      key_type   = "RSA"
      reuse_key  = false
    }

    lifetime_action {
      action {
        action_type = "EmailContacts" # planted: certificate-renewed
      }

      trigger {
        days_before_expiry = 30
      }
    }

    secret_properties {
      content_type = "application/x-pkcs12"
    }

    x509_certificate_properties {
      key_usage          = ["digitalSignature", "keyEncipherment"]
      subject            = "CN=directory.example.com"
      validity_in_months = 3
    }
  }
}
