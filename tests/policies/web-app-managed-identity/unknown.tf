variable "identities" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  service_plan_id     = azurerm_service_plan.plan.id
  dynamic "identity" { # expect: unknown managed_identity
    for_each = var.identities
    content {
      type = "SystemAssigned"
    }
  }
}
