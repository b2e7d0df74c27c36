resource "azurerm_bastion_host" "door" {
  name                   = "door"
  resource_group_name    = "rg"
  location               = "westeurope"
  sku                    = "Standard"
  shareable_link_enabled = true # expect: fail shareable_links
}
