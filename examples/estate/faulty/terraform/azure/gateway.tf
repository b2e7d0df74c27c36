resource "azurerm_public_ip" "gateway" {
  name                = "${local.name}-gateway"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = ["1", "2", "3"]
}

resource "azurerm_web_application_firewall_policy" "public" {
  name                = "${local.name}-waf"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  policy_settings {
    enabled                     = true
    mode                        = "Prevention"
    request_body_check          = true
    file_upload_limit_in_mb     = 20
    max_request_body_size_in_kb = 128
  }

  managed_rules {
    managed_rule_set { # planted: waf-policy-bot-protection
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"
    }
  }
}

resource "azurerm_application_gateway" "public" { # planted: load-balancer-access-logs, load-balancer-deletion-protection
  name                = "${local.name}-gateway"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  zones               = ["1", "2", "3"]
  tags                = local.tags

  sku {
    name = "Standard_v2"
    tier = "Standard_v2" # planted: load-balancer-has-waf
  }

  autoscale_configuration {
    min_capacity = 2
    max_capacity = 10
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.gateway.id]
  }

  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20150501" # planted: gateway-minimum-tls
  }

  gateway_ip_configuration {
    name      = "gateway"
    subnet_id = azurerm_subnet.gateway.id
  }

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.gateway.id
  }

  frontend_port {
    name = "https"
    port = 443
  }

  frontend_port {
    name = "http"
    port = 80
  }

  ssl_certificate {
    name                = "public"
    key_vault_secret_id = azurerm_key_vault_certificate.public.versionless_secret_id
  }

  backend_address_pool {
    name  = "api"
    fqdns = [azurerm_linux_web_app.portal.default_hostname]
  }

  probe {
    name                                      = "api"
    protocol                                  = "Https"
    path                                      = "/healthz"
    interval                                  = 30
    timeout                                   = 5
    unhealthy_threshold                       = 3
    pick_host_name_from_backend_http_settings = true
  }

  backend_http_settings {
    name                                = "api"
    protocol                            = "Https"
    port                                = 8443
    cookie_based_affinity               = "Disabled"
    request_timeout                     = 30
    probe_name                          = "api"
    pick_host_name_from_backend_address = true

    connection_draining {
      enabled           = true
      drain_timeout_sec = 30
    }
  }

  http_listener {
    name                           = "https"
    frontend_ip_configuration_name = "public"
    frontend_port_name             = "https"
    protocol                       = "Https"
    ssl_certificate_name           = "public"
  }

  http_listener {
    name                           = "http"
    frontend_ip_configuration_name = "public"
    frontend_port_name             = "http"
    protocol                       = "Http" # planted: listener-encrypted
  }

  request_routing_rule { # planted: published-through-waf
    name                       = "api"
    rule_type                  = "Basic"
    priority                   = 10
    http_listener_name         = "https"
    backend_address_pool_name  = "api"
    backend_http_settings_name = "api"
  }

  request_routing_rule {
    name                       = "plain"
    rule_type                  = "Basic"
    priority                   = 20
    http_listener_name         = "http"
    backend_address_pool_name  = "api"
    backend_http_settings_name = "api"
  }
}
