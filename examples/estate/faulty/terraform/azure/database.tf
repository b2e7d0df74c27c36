resource "azurerm_postgresql_flexible_server" "directory" { # planted: database-customer-managed-key, database-deletion-protection, database-logs-exported, private-endpoint-used, database-throttles-failures
  name                          = "psql-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  version                       = "16"
  sku_name                      = "GP_Standard_D4ds_v5"
  storage_mb                    = 131072
  zone                          = "1"
  administrator_login           = "directory_admin"
  administrator_password        = "Autumn-2024-directory" # planted: database-password-not-inline
  public_network_access_enabled = true # planted: database-not-public
  backup_retention_days         = 6 # planted: backup-retention
  geo_redundant_backup_enabled  = false # planted: database-geo-backup
  auto_grow_enabled             = true
  tags                          = local.tags

  authentication {
    active_directory_auth_enabled = false # planted: database-iam-authentication
    password_auth_enabled         = true
    tenant_id                     = var.tenant_id
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  high_availability {
    mode = "SameZone" # planted: database-multi-zone
  }
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "anybody" { # planted: database-firewall-not-open
  name             = "anybody"
  server_id        = azurerm_postgresql_flexible_server.directory.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}

resource "azurerm_postgresql_flexible_server_configuration" "directory" {
  for_each = {
    require_secure_transport   = "off"
    ssl_min_protocol_version   = "TLSv1.1"
    shared_preload_libraries   = "pgaudit,pg_stat_statements"
    "pgaudit.log"              = "ddl,role,write"
    log_checkpoints            = "off"
    log_connections            = "on"
    log_disconnections         = "off"
  }

  name      = each.key
  value     = each.value # planted: database-minimum-tls, database-requires-tls, database-checkpoints-logged, database-sessions-logged
  server_id = azurerm_postgresql_flexible_server.directory.id
}
