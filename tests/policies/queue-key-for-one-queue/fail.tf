variable "namespace" {}

resource "azurerm_servicebus_namespace_authorization_rule" "reader" {
  name   = "reader" # expect: fail scope
  namespace_id = var.namespace
  listen = true
  send   = false
  manage = false
}

resource "azurerm_eventhub_namespace_authorization_rule" "reader" {
  name   = "reader" # expect: fail scope
  namespace_name      = "hub"
  resource_group_name = "rg"
  listen = true
  send   = false
  manage = false
}
