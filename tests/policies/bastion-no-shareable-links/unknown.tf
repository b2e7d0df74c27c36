variable "value" {}

resource "azurerm_bastion_host" "door" {
  name                   = "door"
  resource_group_name    = "rg"
  location               = "westeurope"
  sku                    = "Standard"
  shareable_link_enabled = var.value # expect: unknown shareable_links
}
