variable "ways" {}

resource "azurerm_vpn_server_configuration" "sound" {
  name                     = "sound"
  resource_group_name      = "rg"
  location                 = "westeurope"
  vpn_authentication_types = ["AAD"]
}

resource "azurerm_vpn_server_configuration" "faulty" {
  name                     = "faulty"
  resource_group_name      = "rg"
  location                 = "westeurope"
  vpn_authentication_types = ["AAD", "Certificate"] # expect: fail auth.iam
}

resource "azurerm_vpn_server_configuration" "open" {
  name                     = "open"
  resource_group_name      = "rg"
  location                 = "westeurope"
  vpn_authentication_types = var.ways # expect: unknown auth.iam
}
