resource "azurerm_linux_virtual_machine" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  location              = "westeurope"
  size                  = "Standard_D2s_v5"
  network_interface_ids = []
}

resource "azurerm_backup_protected_vm" "web" {
  resource_group_name = "rg"
  recovery_vault_name = "vault"
  source_vm_id        = azurerm_linux_virtual_machine.web.id
  backup_policy_id    = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/vault/backupPolicies/daily"
}
