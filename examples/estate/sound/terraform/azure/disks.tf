resource "azurerm_managed_disk" "reports" {
  name                          = "${local.name}-reports"
  location                      = azurerm_resource_group.main.location
  resource_group_name           = azurerm_resource_group.main.name
  storage_account_type          = "Premium_ZRS"
  create_option                 = "Empty"
  disk_size_gb                  = 64
  network_access_policy         = "DenyAll"
  public_network_access_enabled = false
  disk_encryption_set_id        = azurerm_disk_encryption_set.nodes.id
  tags                          = local.tags
}
