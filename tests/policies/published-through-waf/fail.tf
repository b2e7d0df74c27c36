terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.50" }
  }
}

resource "azurerm_virtual_network" "n" {
  name = "n"
}

resource "azurerm_subnet" "s" {
  name                 = "s"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_subnet" "front" {
  name                 = "front"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.2.0/24"]
}

resource "azurerm_public_ip" "p" {
  name = "p"
  sku  = "Standard"
}

resource "azurerm_network_interface" "i" {
  name = "i"
  ip_configuration {
    name                          = "c"
    subnet_id                     = azurerm_subnet.s.id
    private_ip_address_allocation = "Static"
    private_ip_address = "10.0.1.4"
  }
}

resource "azurerm_linux_virtual_machine" "m" {
  name                  = "m"
  network_interface_ids = [azurerm_network_interface.i.id]
}

resource "azurerm_application_gateway" "gw" {
  name = "gw"
  sku {
    name = "Standard_v2"
    tier = "Standard_v2"
  }
  gateway_ip_configuration {
    name = "c"
    subnet_id = azurerm_subnet.front.id
  }
  frontend_ip_configuration {
    name = "out"
    public_ip_address_id = azurerm_public_ip.p.id
  }
  frontend_port {
    name = "https"
    port = 443
  }
  backend_address_pool {
    name = "vms"
  }
  backend_http_settings {
    name = "h"
    port = 8080
    protocol = "Http"
    cookie_based_affinity = "Disabled"
  }
  http_listener {
    name = "l"
    frontend_ip_configuration_name = "out"
    frontend_port_name = "https"
    protocol = "Https"
  }
  request_routing_rule {
    name = "r"
    rule_type = "PathBasedRouting"
    http_listener_name = "l"
    url_path_map_name = "m"
    priority = 1
  }
  url_path_map { # expect: fail network.published_unfiltered
    name = "m"
    default_backend_address_pool_name = "vms"
    default_backend_http_settings_name = "h"
  }
}

resource "azurerm_network_interface_application_gateway_backend_address_pool_association" "a" {
  network_interface_id = azurerm_network_interface.i.id
  ip_configuration_name = "c"
  backend_address_pool_id = tolist(azurerm_application_gateway.gw.backend_address_pool).0.id
}
