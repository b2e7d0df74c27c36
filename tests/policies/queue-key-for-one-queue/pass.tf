variable "namespace" {}

resource "azurerm_servicebus_queue_authorization_rule" "reader" {
  name   = "reader"
  queue_id = var.namespace
  listen = true
  send   = false
  manage = false
}

resource "azurerm_servicebus_topic_authorization_rule" "reader" {
  name   = "reader"
  topic_id = var.namespace
  listen = true
  send   = false
  manage = false
}

resource "azurerm_eventhub_authorization_rule" "reader" {
  name   = "reader"
  namespace_name      = "hub"
  resource_group_name = "rg"
  eventhub_name       = "orders"
  listen = true
  send   = false
  manage = false
}
