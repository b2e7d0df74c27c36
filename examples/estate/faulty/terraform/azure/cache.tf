resource "azurerm_redis_cache" "sessions" {
  name                          = "redis-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  capacity                      = 1
  family                        = "P"
  sku_name                      = "Premium"
  non_ssl_port_enabled          = true # planted: cache-requires-tls
  minimum_tls_version           = "1.0" # planted: cache-minimum-tls
  public_network_access_enabled = true # planted: cache-not-public
  zones                         = ["1", "2", "3"]
  replicas_per_primary          = 2
  tags                          = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  redis_configuration { # planted: cache-backup-retention
    authentication_enabled                  = false # planted: cache-requires-authentication
    maxmemory_policy                        = "allkeys-lru"
    data_persistence_authentication_method  = "ManagedIdentity"
    storage_account_subscription_id         = var.subscription_id
  }
}

resource "azurerm_private_endpoint" "sessions" { # planted: private-endpoint-dns
  name                = "${local.name}-sessions"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  subnet_id           = azurerm_subnet.application.id

  private_service_connection {
    name                           = "sessions"
    private_connection_resource_id = azurerm_redis_cache.sessions.id
    subresource_names              = ["redisCache"]
    is_manual_connection           = false
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
