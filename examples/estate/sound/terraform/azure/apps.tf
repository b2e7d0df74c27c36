resource "azurerm_service_plan" "apps" {
  name                   = "plan-${local.name}"
  location               = azurerm_resource_group.main.location
  resource_group_name    = azurerm_resource_group.main.name
  os_type                = "Linux"
  sku_name               = "P1v3"
  zone_balancing_enabled = true
  tags                   = local.tags
}

resource "azurerm_linux_web_app" "portal" {
  name                          = "app-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  service_plan_id               = azurerm_service_plan.apps.id
  https_only                    = true
  public_network_access_enabled = false
  virtual_network_subnet_id     = azurerm_subnet.application.id
  tags                          = local.tags

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.data.id]
  }

  site_config {
    minimum_tls_version      = "1.2"
    ftps_state               = "Disabled"
    remote_debugging_enabled = false
    health_check_path        = "/health"
    vnet_route_all_enabled   = true

    ip_restriction_default_action = "Deny"

    ip_restriction {
      name       = "gateway"
      priority   = 100
      action     = "Allow"
      ip_address = "198.51.100.0/24"
    }
  }

  auth_settings_v2 {
    auth_enabled           = true
    require_authentication = true
    default_provider       = "azureactivedirectory"

    active_directory_v2 {
      client_id            = var.portal_client_id
      tenant_auth_endpoint = "https://login.microsoftonline.com/${var.tenant_id}/v2.0"
    }

    login {}
  }

  app_settings = {
    SESSION_TTL = "3600"
    DB_PASSWORD = "@Microsoft.KeyVault(SecretUri=${azurerm_key_vault.main.vault_uri}secrets/portal-database)"
  }
}

resource "azurerm_monitor_diagnostic_setting" "portal" {
  name                       = "requests"
  target_resource_id         = azurerm_linux_web_app.portal.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id

  enabled_log {
    category = "AppServiceHTTPLogs"
  }
}
