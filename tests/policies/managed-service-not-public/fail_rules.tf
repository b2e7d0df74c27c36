resource "azurerm_app_service_environment_v3" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  subnet_id           = "apps"

  internal_load_balancing_mode = "None" # expect: fail network.public
}

resource "azurerm_eventgrid_topic" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  inbound_ip_rule { # expect: fail network.public
    ip_mask = "0.0.0.0/0"
    action  = "Allow"
  }
}

resource "azurerm_search_service" "catalogue" {
  name                = "catalogue"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "standard"
  allowed_ips         = ["0.0.0.0/0"] # expect: fail network.public
}
