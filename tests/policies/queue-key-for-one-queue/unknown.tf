variable "namespace" {}
variable "called" {}

resource "azurerm_servicebus_namespace_authorization_rule" "open" {
  name   = var.called # expect: unknown scope
  namespace_id = var.namespace
  listen = true
  send   = false
  manage = false
}
