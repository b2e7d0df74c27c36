resource "azurerm_redis_cache" "sessions" {
  name                          = "redis-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  capacity                      = 1
  family                        = "P"
  sku_name                      = "Premium"
  non_ssl_port_enabled          = false
  minimum_tls_version           = "1.2"
  public_network_access_enabled = false
  zones                         = ["1", "2", "3"]
  replicas_per_primary          = 2
  tags                          = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  redis_configuration {
    authentication_enabled                  = true
    active_directory_authentication_enabled = true
    maxmemory_policy                        = "allkeys-lru"
    rdb_backup_enabled                      = true
    rdb_backup_frequency                    = 360
    rdb_backup_max_snapshot_count           = 1
    rdb_storage_connection_string           = azurerm_storage_account.documents.primary_blob_connection_string
    data_persistence_authentication_method  = "ManagedIdentity"
    storage_account_subscription_id         = var.subscription_id
  }
}

resource "azurerm_monitor_diagnostic_setting" "sessions" {
  name                       = "connections"
  target_resource_id         = azurerm_redis_cache.sessions.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category = "ConnectedClientList"
  }
}
