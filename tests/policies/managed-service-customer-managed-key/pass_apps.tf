resource "azurerm_container_group" "jobs" {
  name                = "jobs"
  resource_group_name = "rg"
  location            = "westeurope"
  os_type             = "Linux"
  key_vault_key_id    = azurerm_key_vault_key.jobs.id
}

resource "azurerm_batch_account" "renders" {
  name                = "renders"
  resource_group_name = "rg"
  location            = "westeurope"

  encryption {
    key_vault_key_id = azurerm_key_vault_key.jobs.id
  }
}
