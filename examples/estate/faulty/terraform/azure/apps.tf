resource "azurerm_service_plan" "apps" {
  name                   = "plan-${local.name}"
  location               = azurerm_resource_group.main.location
  resource_group_name    = azurerm_resource_group.main.name
  os_type                = "Linux"
  sku_name               = "P1v3"
  zone_balancing_enabled = true
  tags                   = local.tags
}

resource "azurerm_linux_web_app" "portal" { # planted: web-app-managed-identity, web-app-logs-sent, web-app-authentication, web-app-health-check
  name                          = "app-${local.name}"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  service_plan_id               = azurerm_service_plan.apps.id
  https_only                    = false # planted: web-app-https-only
  public_network_access_enabled = false
  virtual_network_subnet_id     = azurerm_subnet.application.id
  tags                          = local.tags

  ftp_publish_basic_authentication_enabled       = true # planted: web-app-no-basic-publishing
  webdeploy_publish_basic_authentication_enabled = false

  site_config {
    minimum_tls_version      = "1.0"        # planted: web-app-minimum-tls
    ftps_state               = "AllAllowed" # planted: web-app-no-plain-ftp
    remote_debugging_enabled = true         # planted: web-app-no-remote-debugging
    scm_minimum_tls_version  = "1.0" # planted: web-app-publishing-minimum-tls
    vnet_route_all_enabled   = false # planted: web-app-outbound-through-network

    ip_restriction_default_action = "Allow" # planted: web-app-rules-refuse-others

    ip_restriction {
      name       = "gateway"
      priority   = 100
      action     = "Allow"
      ip_address = "198.51.100.0/24"
    }
  }

  app_settings = {
    SESSION_TTL = "3600"
    DB_PASSWORD = "portal-2024!" # planted: web-app-no-inline-secrets
  }
}
