resource "azurerm_container_registry" "a" {
  name                = "a"
  resource_group_name = "rg"
  location            = "westeurope"
  encryption {
    key_vault_key_id   = "https://kv.vault.azure.net/keys/images"
    identity_client_id = "00000000-0000-0000-0000-000000000000"
  }
}
