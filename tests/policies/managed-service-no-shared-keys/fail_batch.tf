resource "azurerm_batch_account" "renders" {
  name                         = "renders"
  resource_group_name          = "rg"
  location                     = "westeurope"
  allowed_authentication_modes = ["AAD", "SharedKey"] # expect: fail shared_key_access
}
