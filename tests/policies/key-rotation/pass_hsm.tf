resource "azurerm_key_vault_managed_hardware_security_module_key" "payments" {
  name           = "payments"
  managed_hsm_id = azurerm_key_vault_managed_hardware_security_module.hsm.id
  key_type       = "RSA-HSM"
  key_size       = 3072
  key_opts       = ["sign"]
}

resource "azurerm_key_vault_managed_hardware_security_module_key_rotation_policy" "payments" {
  managed_hsm_key_id  = azurerm_key_vault_managed_hardware_security_module_key.payments.id
  expire_after        = "P60D"
  time_after_creation = "P45D"
}
