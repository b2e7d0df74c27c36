resource "azurerm_bastion_host" "engineers" {
  name                   = "${local.name}-bastion"
  location               = azurerm_resource_group.main.location
  resource_group_name    = azurerm_resource_group.main.name
  sku                    = "Standard"
  shareable_link_enabled = true # planted: bastion-no-shareable-links
  tags                   = local.tags
}

resource "azurerm_public_ip" "runner" {
  name                = "${local.name}-runner"
  location            = azurerm_resource_group.main.location
  resource_group_name = azurerm_resource_group.main.name
  allocation_method   = "Dynamic"
  sku                 = "Basic" # planted: public-address-closed-by-default
}

resource "azurerm_network_interface" "runner" { # planted: instance-no-reachable-admin-port, instance-not-reachable-from-internet
  name                  = "${local.name}-runner"
  location              = azurerm_resource_group.main.location
  resource_group_name   = azurerm_resource_group.main.name
  ip_forwarding_enabled = true # planted: network-interface-no-forwarding
  tags                  = local.tags

  ip_configuration {
    name                          = "inside"
    subnet_id                     = azurerm_subnet.application.id
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.runner.id # planted: instance-no-public-address
  }
}

resource "azurerm_linux_virtual_machine" "runner" { # planted: instance-backed-up, instance-boot-diagnostics, instance-managed-identity
  name                            = "${local.name}-runner"
  location                        = azurerm_resource_group.main.location
  resource_group_name             = azurerm_resource_group.main.name
  size                            = "Standard_D4s_v5"
  network_interface_ids           = [azurerm_network_interface.runner.id]
  admin_username                  = "engineer"
  admin_password                  = "Spring-2024-runner" # planted: instance-password-not-inline
  disable_password_authentication = false                # planted: instance-no-password-sign-in
  encryption_at_host_enabled      = false                # planted: instance-encrypted-at-host
  provision_vm_agent              = false                # planted: instance-has-agent
  secure_boot_enabled             = false                # planted: instance-trusted-launch
  vtpm_enabled                    = false
  patch_mode                      = "AutomaticByPlatform"
  patch_assessment_mode           = "ImageDefault" # planted: instance-updates-assessed
  tags                            = local.tags

  os_disk { # planted: volume-customer-managed-key
    name                 = "${local.name}-runner"
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "Canonical" # planted: instance-image-supported
    offer     = "UbuntuServer"
    sku       = "18.04-LTS"
    version   = "latest"
  }
}

resource "azurerm_virtual_machine_extension" "runner_guard" {
  name                 = "guard"
  virtual_machine_id   = azurerm_linux_virtual_machine.runner.id
  publisher            = "Microsoft.Azure.AzureDefenderForServers"
  type                 = "MDE.Linux"
  type_handler_version = "1.0"
}

resource "azurerm_virtual_machine" "reports" { # planted: instance-encrypted-at-host, instance-trusted-launch, instance-updates-assessed, instance-backed-up, instance-boot-diagnostics, instance-managed-identity
  name                  = "${local.name}-reports"
  location              = azurerm_resource_group.main.location
  resource_group_name   = azurerm_resource_group.main.name
  vm_size               = "Standard_D4s_v5"
  network_interface_ids = []
  tags                  = local.tags

  storage_image_reference {
    publisher = "MicrosoftWindowsServer"
    offer     = "WindowsServer"
    sku       = "2022-datacenter"
    version   = "latest"
  }

  storage_os_disk { # planted: instance-managed-disks
    name          = "reports"
    create_option = "FromImage"
    vhd_uri       = "https://directoryreports.blob.core.windows.net/disks/reports.vhd"
  }

  os_profile_windows_config {
    provision_vm_agent        = true
    enable_automatic_upgrades = false # planted: instance-patched-automatically
  }
}

resource "azurerm_virtual_machine_extension" "reports_guard" {
  name                 = "guard"
  virtual_machine_id   = azurerm_virtual_machine.reports.id
  publisher            = "Microsoft.Azure.AzureDefenderForServers"
  type                 = "MDE.Windows"
  type_handler_version = "1.0"
}
