variable "choice" {}

resource "azurerm_virtual_network_gateway_connection" "office" {
  name                       = "office"
  resource_group_name        = "rg"
  location                   = "westeurope"
  type                       = "IPsec"
  virtual_network_gateway_id = azurerm_virtual_network_gateway.hub.id
  local_network_gateway_id   = azurerm_local_network_gateway.office.id

  ipsec_policy {
    dh_group         = var.choice # expect: unknown weak_ciphers
    ike_encryption   = "GCMAES256"
    ike_integrity    = "SHA384"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "ECP384"
  }
}
