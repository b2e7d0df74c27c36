resource "azurerm_application_gateway" "shop" {
  name                = "agw-shop"
  resource_group_name = "rg-shop"
  location            = "westeurope"

  sku {
    name = "Standard_v2"
    tier = "Standard_v2"
  }

  gateway_ip_configuration {
    name      = "inside"
    subnet_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shop/providers/Microsoft.Network/virtualNetworks/hub/subnets/agw"
  }

  frontend_port {
    name = "https"
    port = 443
  }

  frontend_ip_configuration {
    name = "front"
  }

  backend_address_pool {
    name = "shop"
  }

  http_listener {
    name                           = "shop"
    frontend_ip_configuration_name = "front"
    frontend_port_name             = "https"
    protocol                       = "Https"
  }

  frontend_port {
    name = "http"
    port = 80
  }

  http_listener {
    name                           = "plain"
    frontend_ip_configuration_name = "front"
    frontend_port_name             = "http"
    protocol                       = "Http" # expect: fail https_only
  }

  request_routing_rule {
    name                      = "up"
    rule_type                 = "Basic"
    priority                  = 10
    http_listener_name        = "plain"
    backend_address_pool_name = "shop"
  }
}
