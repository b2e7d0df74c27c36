resource "azurerm_postgresql_flexible_server" "directory" {
  name                          = "psql-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  version                       = "16"
  sku_name                      = "GP_Standard_D4ds_v5"
  storage_mb                    = 131072
  zone                          = "1"
  administrator_login           = "directory_admin"
  administrator_password        = random_password.database.result
  delegated_subnet_id           = azurerm_subnet.data.id
  private_dns_zone_id           = azurerm_private_dns_zone.postgresql.id
  public_network_access_enabled = false
  backup_retention_days         = 35
  geo_redundant_backup_enabled  = true
  auto_grow_enabled             = true
  tags                          = local.tags

  authentication {
    active_directory_auth_enabled = true
    password_auth_enabled         = true
    tenant_id                     = var.tenant_id
  }

  customer_managed_key {
    key_vault_key_id                  = azurerm_key_vault_key.data.id
    primary_user_assigned_identity_id = azurerm_user_assigned_identity.data.id
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  high_availability {
    mode                      = "ZoneRedundant"
    standby_availability_zone = "2"
  }
}

resource "azurerm_postgresql_flexible_server_configuration" "directory" {
  for_each = {
    require_secure_transport     = "on"
    ssl_min_protocol_version     = "TLSv1.2"
    shared_preload_libraries     = "pgaudit,pg_stat_statements"
    "pgaudit.log"                = "ddl,role,write"
    log_connections              = "on"
    log_disconnections           = "on"
    "connection_throttle.enable" = "on"
  }

  name      = each.key
  value     = each.value
  server_id = azurerm_postgresql_flexible_server.directory.id
}

resource "azurerm_monitor_diagnostic_setting" "database" {
  name                       = "audit"
  target_resource_id         = azurerm_postgresql_flexible_server.directory.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category_group = "allLogs"
  }

  enabled_log {
    category = "PostgreSQLLogs"
  }
}
