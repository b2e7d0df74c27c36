variable "namespace" {}
variable "chosen" {}

resource "azurerm_servicebus_namespace_authorization_rule" "open" {
  name   = "open"
  namespace_id = var.namespace
  listen = true
  send   = false
  manage = var.chosen # expect: unknown rights
}
