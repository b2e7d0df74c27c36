resource "azurerm_bastion_host" "engineers" {
  name                = "${local.name}-bastion"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  sku                 = "Developer"
  virtual_network_id  = azurerm_virtual_network.main.id
  tags                = local.tags
}

resource "azurerm_network_interface" "runner" {
  name                = "${local.name}-runner"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  tags                = local.tags

  ip_configuration {
    name                          = "inside"
    subnet_id                     = azurerm_subnet.application.id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "runner" {
  name                            = "${local.name}-runner"
  location                        = azurerm_resource_group.main.location
  resource_group_name             = azurerm_resource_group.main.name
  size                            = "Standard_D4s_v5"
  network_interface_ids           = [azurerm_network_interface.runner.id]
  admin_username                  = "engineer"
  disable_password_authentication = true
  encryption_at_host_enabled      = true
  secure_boot_enabled             = true
  vtpm_enabled                    = true
  patch_mode                      = "AutomaticByPlatform"
  patch_assessment_mode           = "AutomaticByPlatform"
  tags                            = local.tags

  admin_ssh_key {
    username   = "engineer"
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAM engineers"
  }

  os_disk {
    name                   = "${local.name}-runner"
    caching                = "ReadWrite"
    storage_account_type   = "Premium_LRS"
    disk_encryption_set_id = azurerm_disk_encryption_set.nodes.id
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }

  identity {
    type = "SystemAssigned"
  }

  boot_diagnostics {}
}

resource "azurerm_virtual_machine_extension" "runner_guard" {
  name                 = "guard"
  virtual_machine_id   = azurerm_linux_virtual_machine.runner.id
  publisher            = "Microsoft.Azure.AzureDefenderForServers"
  type                 = "MDE.Linux"
  type_handler_version = "1.0"
}

resource "azurerm_backup_protected_vm" "runner" {
  resource_group_name = azurerm_resource_group.main.name
  recovery_vault_name = "${local.name}-copies"
  source_vm_id        = azurerm_linux_virtual_machine.runner.id
}
