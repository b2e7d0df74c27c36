variable "namespace" {}

resource "azurerm_servicebus_namespace_authorization_rule" "reader" {
  name   = "reader"
  namespace_id = var.namespace
  listen = true
  send   = false
  manage = true # expect: fail rights
}

resource "azurerm_servicebus_queue_authorization_rule" "reader" {
  name   = "reader"
  queue_id = var.namespace
  listen = true
  send   = false
  manage = true # expect: fail rights
}

resource "azurerm_servicebus_topic_authorization_rule" "reader" {
  name   = "reader"
  topic_id = var.namespace
  listen = true
  send   = false
  manage = true # expect: fail rights
}

resource "azurerm_eventhub_namespace_authorization_rule" "reader" {
  name   = "reader"
  namespace_name      = "hub"
  resource_group_name = "rg"
  listen = true
  send   = false
  manage = true # expect: fail rights
}

resource "azurerm_eventhub_authorization_rule" "reader" {
  name   = "reader"
  namespace_name      = "hub"
  resource_group_name = "rg"
  eventhub_name       = "orders"
  listen = true
  send   = false
  manage = true # expect: fail rights
}

resource "azurerm_relay_namespace_authorization_rule" "reader" {
  name   = "reader"
  namespace_name      = "hub"
  resource_group_name = "rg"
  listen = true
  send   = false
  manage = true # expect: fail rights
}

resource "azurerm_relay_hybrid_connection_authorization_rule" "reader" {
  name   = "reader"
  namespace_name      = "hub"
  resource_group_name = "rg"
  hybrid_connection_name = "orders"
  listen = true
  send   = false
  manage = true # expect: fail rights
}
