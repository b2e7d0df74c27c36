resource "azurerm_app_service_environment_v3" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  subnet_id           = "apps"

  internal_load_balancing_mode = "Web, Publishing"
}

resource "azurerm_eventgrid_topic" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"

  inbound_ip_rule {
    ip_mask = "198.51.100.0/24"
    action  = "Allow"
  }
}

resource "azurerm_search_service" "catalogue" {
  name                = "catalogue"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "standard"
  allowed_ips         = ["198.51.100.0/24"]
}
