variable "value" {}

resource "azurerm_managed_disk" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  network_access_policy = var.value # expect: unknown network.public
}
