"""Machines of Azure and the network around them, in Terraform and in an ARM template."""

from __future__ import annotations

from typing import Any

from tests.services.azure.pairs import PIN, Pair, resource

_NETWORK = "Microsoft.Network"
_IMAGE = {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}
_SUBNET = {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'web')]"}
_POOL = "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'front', 'pool')]"
_FRONTEND = "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'front', 'outside')]"


def _named(type_: str, name: str) -> dict[str, str]:
    return {"id": f"[resourceId('{_NETWORK}/{type_}', '{name}')]"}


def _rule(name: str, priority: int, access: str, port: str, **more: Any) -> dict[str, Any]:
    properties = {
        "priority": priority,
        "access": access,
        "direction": "Inbound",
        "protocol": "Tcp",
        "sourceAddressPrefix": "Internet",
        "sourcePortRange": "*",
        "destinationAddressPrefix": "*",
        "destinationPortRange": port,
        **more,
    }
    return {"name": name, "properties": {key: each for key, each in properties.items() if each is not None}}


_NETWORK_IN_TERRAFORM = """
resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = "rg"
}
resource "azurerm_subnet" "web" {
  name                            = "web"
  resource_group_name             = "rg"
  virtual_network_name            = azurerm_virtual_network.hub.name
  address_prefixes                = ["10.0.1.0/24"]
  default_outbound_access_enabled = false
}
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = "rg"
  security_rule {
    name                       = "ssh"
    priority                   = 200
    access                     = "Allow"
    direction                  = "Inbound"
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "22"
  }
  security_rule {
    name                                       = "web"
    priority                                   = 300
    access                                     = "Allow"
    direction                                  = "Inbound"
    protocol                                   = "Tcp"
    source_address_prefix                      = "Internet"
    source_port_range                          = "*"
    destination_application_security_group_ids = [azurerm_application_security_group.fronts.id]
    destination_port_range                     = "8000-8100"
  }
}
resource "azurerm_application_security_group" "fronts" {
  name                = "fronts"
  resource_group_name = "rg"
}
resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.web.id
  network_security_group_id = azurerm_network_security_group.web.id
}
resource "azurerm_public_ip" "own" {
  name                = "own"
  resource_group_name = "rg"
  sku                 = "Standard"
}
"""
_NETWORK_IN_ARM = (
    resource(
        "Microsoft.Network/virtualNetworks",
        "hub",
        properties={
            "subnets": [
                {
                    "name": "web",
                    "properties": {
                        "addressPrefix": "10.0.1.0/24",
                        "defaultOutboundAccess": False,
                        "networkSecurityGroup": _named("networkSecurityGroups", "web"),
                    },
                }
            ]
        },
    ),
    resource(
        "Microsoft.Network/networkSecurityGroups",
        "web",
        properties={
            "securityRules": [
                _rule("ssh", 200, "Allow", "22"),
                _rule(
                    "web",
                    300,
                    "Allow",
                    "8000-8100",
                    destinationAddressPrefix=None,
                    destinationApplicationSecurityGroups=[_named("applicationSecurityGroups", "fronts")],
                ),
            ]
        },
    ),
    resource("Microsoft.Network/applicationSecurityGroups", "fronts"),
    resource("Microsoft.Network/publicIPAddresses", "own", sku={"name": "Standard"}, properties={}),
)

_MACHINE = Pair(
    "virtual machine",
    PIN
    + _NETWORK_IN_TERRAFORM
    + """
resource "azurerm_network_interface" "web" {
  name                  = "web"
  resource_group_name   = "rg"
  ip_forwarding_enabled = true
  ip_configuration {
    name                          = "first"
    subnet_id                     = azurerm_subnet.web.id
    public_ip_address_id          = azurerm_public_ip.own.id
    private_ip_address_allocation = "Dynamic"
  }
}
resource "azurerm_network_interface_application_security_group_association" "web" {
  network_interface_id          = azurerm_network_interface.web.id
  application_security_group_id = azurerm_application_security_group.fronts.id
}
resource "azurerm_linux_virtual_machine" "web" {
  name                            = "web"
  resource_group_name             = "rg"
  network_interface_ids           = [azurerm_network_interface.web.id]
  admin_username                  = "ops"
  admin_password                  = "not-a-good-one"
  disable_password_authentication = false
  encryption_at_host_enabled      = true
  secure_boot_enabled             = true
  vtpm_enabled                    = true
  patch_mode                      = "AutomaticByPlatform"
  patch_assessment_mode           = "AutomaticByPlatform"
  tags                            = { owner = "shop" }
  os_disk {
    name                   = "web-os"
    caching                = "ReadWrite"
    disk_encryption_set_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/own"
  }
  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
  identity { type = "SystemAssigned" }
  boot_diagnostics {}
}
resource "azurerm_virtual_machine_extension" "guard" {
  name                 = "guard"
  virtual_machine_id   = azurerm_linux_virtual_machine.web.id
  publisher            = "Microsoft.Azure.AzureDefenderForServers"
  type                 = "MDE.Linux"
  type_handler_version = "1.0"
}
resource "azurerm_backup_protected_vm" "web" {
  resource_group_name = "rg"
  recovery_vault_name = "vault"
  source_vm_id        = azurerm_linux_virtual_machine.web.id
}
""",
    (
        *_NETWORK_IN_ARM,
        resource(
            "Microsoft.Network/networkInterfaces",
            "web",
            properties={
                "enableIPForwarding": True,
                "ipConfigurations": [
                    {
                        "name": "first",
                        "properties": {
                            "subnet": _SUBNET,
                            "publicIPAddress": _named("publicIPAddresses", "own"),
                            "privateIPAllocationMethod": "Dynamic",
                            "applicationSecurityGroups": [_named("applicationSecurityGroups", "fronts")],
                        },
                    }
                ],
            },
        ),
        resource(
            "Microsoft.Compute/virtualMachines",
            "web",
            tags={"owner": "shop"},
            identity={"type": "SystemAssigned"},
            properties={
                "networkProfile": {"networkInterfaces": [_named("networkInterfaces", "web")]},
                "osProfile": {
                    "adminUsername": "ops",
                    "adminPassword": "not-a-good-one",
                    "linuxConfiguration": {
                        "disablePasswordAuthentication": False,
                        "patchSettings": {
                            "patchMode": "AutomaticByPlatform",
                            "assessmentMode": "AutomaticByPlatform",
                        },
                    },
                },
                "securityProfile": {
                    "encryptionAtHost": True,
                    "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
                },
                "storageProfile": {
                    "imageReference": _IMAGE,
                    "osDisk": {
                        "name": "web-os",
                        "createOption": "FromImage",
                        "managedDisk": {
                            "diskEncryptionSet": {
                                "id": "[resourceId('Microsoft.Compute/diskEncryptionSets', 'own')]"
                            }
                        },
                    },
                },
                "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}},
            },
            resources=[
                resource(
                    "extensions",
                    "guard",
                    properties={
                        "publisher": "Microsoft.Azure.AzureDefenderForServers",
                        "type": "MDE.Linux",
                    },
                )
            ],
        ),
        resource(
            "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
            "vault/Azure/containers/web",
            properties={
                "protectedItemType": "Microsoft.Compute/virtualMachines",
                "sourceResourceId": "[resourceId('Microsoft.Compute/virtualMachines', 'web')]",
            },
        ),
    ),
)
_OLD = Pair(
    "virtual machine of the first generation",
    PIN
    + """
resource "azurerm_virtual_machine" "old" {
  name                  = "old"
  resource_group_name   = "rg"
  network_interface_ids = []
  storage_os_disk {
    name    = "old-os"
    os_type = "Windows"
    vhd_uri = "https://orders.blob.core.windows.net/disks/old.vhd"
  }
  storage_data_disk {
    name              = "old-data"
    managed_disk_type = "Premium_LRS"
  }
  os_profile_windows_config {
    provision_vm_agent        = false
    enable_automatic_upgrades = false
  }
  boot_diagnostics {
    enabled     = false
    storage_uri = "https://orders.blob.core.windows.net/"
  }
}
""",
    (
        resource(
            "Microsoft.Compute/virtualMachines",
            "old",
            properties={
                "networkProfile": {"networkInterfaces": []},
                "osProfile": {
                    "windowsConfiguration": {"provisionVMAgent": False, "enableAutomaticUpdates": False}
                },
                "storageProfile": {
                    "osDisk": {
                        "name": "old-os",
                        "osType": "Windows",
                        "vhd": {"uri": "https://orders.blob.core.windows.net/disks/old.vhd"},
                    },
                    "dataDisks": [{"name": "old-data", "managedDisk": {"storageAccountType": "Premium_LRS"}}],
                },
                "diagnosticsProfile": {"bootDiagnostics": {"enabled": False}},
            },
        ),
    ),
)
_SCALE_SET = Pair(
    "scale set",
    PIN
    + _NETWORK_IN_TERRAFORM
    + """
resource "azurerm_lb" "front" {
  name                = "front"
  resource_group_name = "rg"
  sku                 = "Standard"
  frontend_ip_configuration {
    name                 = "outside"
    public_ip_address_id = azurerm_public_ip.own.id
  }
}
resource "azurerm_lb_backend_address_pool" "pool" {
  name            = "pool"
  loadbalancer_id = azurerm_lb.front.id
}
resource "azurerm_lb_rule" "ssh" {
  name                           = "ssh"
  loadbalancer_id                = azurerm_lb.front.id
  frontend_ip_configuration_name = "outside"
  protocol                       = "Tcp"
  frontend_port                  = 2222
  backend_port                   = 22
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
}
resource "azurerm_lb_nat_rule" "desktop" {
  name                           = "desktop"
  resource_group_name            = "rg"
  loadbalancer_id                = azurerm_lb.front.id
  frontend_ip_configuration_name = "outside"
  protocol                       = "Tcp"
  frontend_port_start            = 50000
  frontend_port_end              = 50100
  backend_port                   = 3389
  backend_address_pool_id        = azurerm_lb_backend_address_pool.pool.id
}
resource "azurerm_linux_virtual_machine_scale_set" "fleet" {
  name                = "fleet"
  resource_group_name = "rg"
  provision_vm_agent  = true
  os_disk { caching = "ReadWrite" }
  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
  automatic_os_upgrade_policy {
    enable_automatic_os_upgrade = true
    disable_automatic_rollback  = false
  }
  extension {
    name                 = "health"
    publisher            = "Microsoft.ManagedServices"
    type                 = "ApplicationHealthLinux"
    type_handler_version = "1.0"
  }
  network_interface {
    name = "first"
    ip_configuration {
      name                                   = "inside"
      subnet_id                              = azurerm_subnet.web.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.pool.id]
      public_ip_address { name = "own" }
    }
  }
}
""",
    (
        *_NETWORK_IN_ARM,
        resource(
            "Microsoft.Network/loadBalancers",
            "front",
            sku={"name": "Standard"},
            properties={
                "frontendIPConfigurations": [
                    {
                        "name": "outside",
                        "properties": {"publicIPAddress": _named("publicIPAddresses", "own")},
                    }
                ],
                "backendAddressPools": [{"name": "pool"}],
                "loadBalancingRules": [
                    {
                        "name": "ssh",
                        "properties": {
                            "protocol": "Tcp",
                            "frontendPort": 2222,
                            "backendPort": 22,
                            "frontendIPConfiguration": {"id": _FRONTEND},
                            "backendAddressPool": {"id": _POOL},
                        },
                    }
                ],
            },
        ),
        resource(
            "Microsoft.Network/loadBalancers/inboundNatRules",
            "front/desktop",
            properties={
                "protocol": "Tcp",
                "frontendPortRangeStart": 50000,
                "frontendPortRangeEnd": 50100,
                "backendPort": 3389,
                "frontendIPConfiguration": {"id": _FRONTEND},
                "backendAddressPool": {"id": _POOL},
            },
        ),
        resource(
            "Microsoft.Compute/virtualMachineScaleSets",
            "fleet",
            properties={
                "upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}},
                "virtualMachineProfile": {
                    "osProfile": {
                        "linuxConfiguration": {
                            "disablePasswordAuthentication": True,
                            "provisionVMAgent": True,
                        }
                    },
                    "storageProfile": {
                        "imageReference": _IMAGE,
                        "osDisk": {"createOption": "FromImage", "caching": "ReadWrite"},
                    },
                    "extensionProfile": {
                        "extensions": [
                            {
                                "name": "health",
                                "properties": {
                                    "publisher": "Microsoft.ManagedServices",
                                    "type": "ApplicationHealthLinux",
                                },
                            }
                        ]
                    },
                    "networkProfile": {
                        "networkInterfaceConfigurations": [
                            {
                                "name": "first",
                                "properties": {
                                    "ipConfigurations": [
                                        {
                                            "name": "inside",
                                            "properties": {
                                                "subnet": _SUBNET,
                                                "loadBalancerBackendAddressPools": [{"id": _POOL}],
                                                "publicIPAddressConfiguration": {"name": "own"},
                                            },
                                        }
                                    ]
                                },
                            }
                        ]
                    },
                },
            },
        ),
    ),
)
_BASTION = Pair(
    "bastion",
    PIN
    + """
resource "azurerm_bastion_host" "door" {
  name                   = "door"
  resource_group_name    = "rg"
  sku                    = "Standard"
  shareable_link_enabled = true
}
""",
    (
        resource(
            "Microsoft.Network/bastionHosts",
            "door",
            sku={"name": "Standard"},
            properties={"enableShareableLink": True},
        ),
    ),
)

MACHINES = (_MACHINE, _OLD, _SCALE_SET, _BASTION)
