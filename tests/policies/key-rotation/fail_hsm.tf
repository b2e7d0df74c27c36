resource "azurerm_key_vault_managed_hardware_security_module_key" "payments" { # expect: fail rotation
  name           = "payments"
  managed_hsm_id = azurerm_key_vault_managed_hardware_security_module.hsm.id
  key_type       = "RSA-HSM"
  key_size       = 3072
  key_opts       = ["sign"]
}
