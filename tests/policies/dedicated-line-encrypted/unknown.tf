variable "value" {}

resource "azurerm_express_route_port" "line" {
  name                = "line"
  resource_group_name = "rg"
  location            = "westeurope"
  peering_location    = "Amsterdam"
  bandwidth_in_gbps   = 10
  encapsulation       = "Dot1Q"

  link1 {
    admin_enabled                 = true
    macsec_cak_keyvault_secret_id = "https://line.vault.azure.net/secrets/cak/1"
    macsec_ckn_keyvault_secret_id = "https://line.vault.azure.net/secrets/ckn/1"
  }

  link2 {
    admin_enabled = true

    macsec_cak_keyvault_secret_id = var.value # expect: unknown encryption.in_transit
  }
}
