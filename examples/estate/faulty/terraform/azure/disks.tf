resource "azurerm_managed_disk" "reports" { # planted: volume-customer-managed-key
  name                          = "${local.name}-reports"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  storage_account_type          = "Premium_ZRS"
  create_option                 = "Empty"
  disk_size_gb                  = 64
  network_access_policy         = "AllowAll" # planted: volume-not-public
  public_network_access_enabled = true
  tags                          = local.tags
}
