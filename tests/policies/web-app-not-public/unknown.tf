variable "open" {}

resource "azurerm_linux_web_app" "shop" {
  name                = "shop"
  resource_group_name = "rg"
  location            = "westeurope"
  public_network_access_enabled = var.open # expect: unknown network.public
}
