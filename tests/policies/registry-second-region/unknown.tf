variable "regions" {}

resource "azurerm_container_registry" "images" {
  name                = "images"
  resource_group_name = "rg"
  location            = "westeurope"
  sku                 = "Premium"

  dynamic "georeplications" { # expect: unknown ha.multi_region
    for_each = var.regions
    content {
      location = georeplications.value
    }
  }
}
