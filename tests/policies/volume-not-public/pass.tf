resource "azurerm_managed_disk" "a0" {
  name                = "a0"
  resource_group_name = "rg"
  location            = "westeurope"
  network_access_policy = "DenyAll"
}
