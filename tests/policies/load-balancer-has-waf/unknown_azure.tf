variable "choice" {
  type = bool
}

resource "azurerm_application_gateway" "shop" {
  name                = "agw-shop"
  resource_group_name = "rg-shop"
  location            = "westeurope"

  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
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

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shop/providers/Microsoft.Network/publicIPAddresses/shop"
  }

  waf_configuration {
    enabled          = var.choice # expect: unknown waf
    firewall_mode    = "Prevention"
    rule_set_version = "3.2"
  }
}
