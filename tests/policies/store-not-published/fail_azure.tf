resource "azurerm_virtual_network" "n" {
  name = "n"
}
resource "azurerm_subnet" "front" {
  name                 = "front"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.2.0/24"]
}
resource "azurerm_subnet" "ends" {
  name                 = "ends"
  virtual_network_name = azurerm_virtual_network.n.name
  address_prefixes     = ["10.0.3.0/24"]
}
resource "azurerm_public_ip" "p" {
  name = "p"
  sku  = "Standard"
}
resource "azurerm_postgresql_flexible_server" "orders" {
  name = "orders"
  public_network_access_enabled = false
}
resource "azurerm_private_endpoint" "e" {
  name      = "e"
  subnet_id = azurerm_subnet.ends.id
  ip_configuration {
    name = "c"
    private_ip_address = "10.0.3.5"
  }
  private_service_connection {
    name                           = "c"
    private_connection_resource_id = azurerm_postgresql_flexible_server.orders.id
    is_manual_connection           = false
  }
}
resource "azurerm_firewall" "f" {
  name               = "f"
  firewall_policy_id = azurerm_firewall_policy.fp.id
  ip_configuration {
    name                 = "c"
    subnet_id            = azurerm_subnet.front.id
    public_ip_address_id = azurerm_public_ip.p.id
  }
}
resource "azurerm_firewall_policy" "fp" {
  name = "fp"
}
resource "azurerm_firewall_policy_rule_collection_group" "g" {
  name               = "g"
  firewall_policy_id = azurerm_firewall_policy.fp.id
  priority           = 100
  nat_rule_collection {
    name     = "nat"
    action   = "Dnat"
    priority = 100
    rule { # expect: fail network.published
      name                = "data"
      protocols           = ["TCP"]
      source_addresses    = ["*"]
      destination_address = "203.0.113.7"
      destination_ports   = ["5432"]
      translated_address = "10.0.3.5"
      translated_port     = 5432
    }
  }
}
