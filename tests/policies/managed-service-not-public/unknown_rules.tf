variable "mode" {}

resource "azurerm_app_service_environment_v3" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  subnet_id           = "apps"

  internal_load_balancing_mode = var.mode # expect: unknown network.public
}
