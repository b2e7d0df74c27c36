resource "azurerm_key_vault_managed_hardware_security_module" "hsm" {
  name                = "orders-hsm"
  resource_group_name = "rg"
  location            = "westeurope"
  sku_name            = "Standard_B1"
  tenant_id           = "t"
  admin_object_ids    = ["o"]
  purge_protection_enabled = false # expect: fail purge_protection
}
