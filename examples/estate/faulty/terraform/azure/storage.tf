resource "azurerm_storage_account" "documents" { # planted: object-store-access-logged, object-store-customer-managed-key, object-store-expires, object-store-sas-expires, object-store-directory-by-default, object-store-no-copies-from-anywhere
  name                              = "directorydocuments"
  location                          = azurerm_resource_group.main.location
  resource_group_name               = azurerm_resource_group.main.name
  account_tier                      = "Standard"
  account_replication_type          = "GZRS"
  min_tls_version                   = "TLS1_0" # planted: object-store-minimum-tls
  https_traffic_only_enabled        = false # planted: object-store-requires-tls
  allow_nested_items_to_be_public   = true # planted: object-store-blocks-public-access
  shared_access_key_enabled         = true # planted: object-store-no-shared-key
  infrastructure_encryption_enabled = true
  tags                              = local.tags

  blob_properties { # planted: object-store-containers-kept
    versioning_enabled = false # planted: object-store-versioned

    delete_retention_policy {
      days = 1 # planted: object-store-soft-delete
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  network_rules {
    default_action = "Allow" # planted: object-store-network-restricted
    bypass         = ["AzureServices"]
  }
}

resource "azurerm_private_endpoint" "documents" { # planted: private-endpoint-dns
  name                = "${local.name}-documents"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  subnet_id           = azurerm_subnet.application.id

  private_service_connection {
    name                           = "documents"
    private_connection_resource_id = azurerm_storage_account.documents.id
    subresource_names              = ["blob"]
    is_manual_connection           = false
  }
}

resource "azurerm_storage_container" "photos" {
  name                  = "photos"
  storage_account_id    = azurerm_storage_account.documents.id
  container_access_type = "blob" # planted: object-store-not-public
}

# Flow logs and archived audit logs.
resource "azurerm_storage_account" "logs" { # planted: object-store-expires, private-endpoint-used, object-store-directory-by-default, object-store-no-copies-from-anywhere
  name                              = "directorylogs"
  location                          = azurerm_resource_group.main.location
  resource_group_name               = azurerm_resource_group.main.name
  account_tier                      = "Standard"
  account_replication_type          = "GRS" # planted: spread-over-zones
  min_tls_version                   = var.oldest_tls_of_logs # unknown: object-store-minimum-tls
  https_traffic_only_enabled        = true
  allow_nested_items_to_be_public   = false
  shared_access_key_enabled         = false
  infrastructure_encryption_enabled = true
  tags                              = local.tags

  blob_properties { # planted: object-store-containers-kept
    versioning_enabled = true

    delete_retention_policy {
      days = 35
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  customer_managed_key {
    key_vault_key_id          = azurerm_key_vault_key.data.versionless_id
    user_assigned_identity_id = azurerm_user_assigned_identity.data.id
  }

  network_rules {
    default_action = "Deny"
    bypass         = ["AzureServices"]
    ip_rules       = ["203.0.113.0/24"]
  }
}

resource "azurerm_monitor_diagnostic_setting" "logs" {
  name                       = "audit"
  target_resource_id         = "${azurerm_storage_account.logs.id}/blobServices/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "allLogs"
  }
}
