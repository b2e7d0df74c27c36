resource "azurerm_servicebus_namespace" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"
}

# As azurerm had it before 4.
resource "azurerm_servicebus_namespace_network_rule_set" "orders" {
  namespace_id   = azurerm_servicebus_namespace.orders.id
  default_action = "Deny"
  ip_rules       = ["198.51.100.0/24"]
}
