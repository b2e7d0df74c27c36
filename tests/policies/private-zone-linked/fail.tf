resource "azurerm_private_dns_zone" "blob" { # expect: fail linked
  name                = "privatelink.blob.core.windows.net"
  resource_group_name = "rg"
}
