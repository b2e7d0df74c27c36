variable "callers" {}

resource "azurerm_logic_app_workflow" "mail" {
  name                = "mail"
  resource_group_name = "rg"
  location            = "westeurope"

  access_control {
    trigger {
      allowed_caller_ip_address_range = var.callers # expect: unknown network.public
    }
  }
}
