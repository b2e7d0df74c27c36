variable "python" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"

  site_config {
    application_stack {
      python_version = var.python # expect: unknown runtime
    }
  }
}
