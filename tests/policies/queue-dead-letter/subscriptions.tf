variable "choice" {}

resource "azurerm_servicebus_namespace" "orders" {
  name                = "orders"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_servicebus_topic" "placed" {
  name         = "placed"
  namespace_id = azurerm_servicebus_namespace.orders.id
}

resource "azurerm_servicebus_subscription" "sound" {
  name                                 = "sound"
  topic_id                             = azurerm_servicebus_topic.placed.id
  max_delivery_count                   = 5
  dead_lettering_on_message_expiration = true
}

resource "azurerm_servicebus_subscription" "unset" { # expect: fail dead_letter
  name               = "unset"
  topic_id           = azurerm_servicebus_topic.placed.id
  max_delivery_count = 5
}

resource "azurerm_servicebus_subscription" "open" {
  name                                 = "open"
  topic_id                             = azurerm_servicebus_topic.placed.id
  max_delivery_count                   = 5
  dead_lettering_on_message_expiration = var.choice # expect: unknown dead_letter
}
