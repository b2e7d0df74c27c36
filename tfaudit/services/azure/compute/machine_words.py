"""The words of Azure's machines: virtual machines, and what a scale set makes its machines by, in every generation.

The provider has had `azurerm_virtual_machine` and `azurerm_virtual_machine_scale_set` first, and then one type for each
operating system; a scale set of flexible orchestration is a type of its own. ARM has one type of each.
"""

from __future__ import annotations

from tfaudit.reading.spelling import NOTHING, Spelling, Word, azure
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.tags import TAGGED

ARM_TYPES = (
    "Microsoft.Compute/virtualMachines",
    "Microsoft.Compute/virtualMachines/extensions",
    "Microsoft.Compute/virtualMachineScaleSets",
    "Microsoft.Compute/virtualMachineScaleSets/extensions",
)

MACHINE = "microsoft.compute/virtualmachines"
SCALE_SET = "microsoft.compute/virtualmachinescalesets"
MACHINES = (
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_virtual_machine",
    MACHINE,
)
SCALE_SETS = (
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
    "azurerm_orchestrated_virtual_machine_scale_set",
    "azurerm_virtual_machine_scale_set",
    SCALE_SET,
)


def _either(terraform: str | tuple[str, ...], path: str, *more: str, rows: Spelling | None = None) -> Word:
    """Return a word that ARM has at one path in a machine, and below the profile of its machines in a scale set."""
    below = [f"properties{profile}.{each}" for each in (path, *more) for profile in ("", _PROFILE)]
    return azure(terraform, tuple(below), rows=rows)


_PROFILE = ".virtualMachineProfile"
_LINUX = "os_profile.linux_configuration"
_WINDOWS = "os_profile.windows_configuration"

ADDRESS: Spelling = {
    # word of an address of an interface that a scale set gives each machine, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "subnet": azure("subnet_id", "properties.subnet.id"),
    "public": azure(
        ("public_ip_address", "public_ip_address_configuration"), "properties.publicIPAddressConfiguration"
    ),
    "public_sku": azure("public_ip_address.sku_name", "properties.publicIPAddressConfiguration.sku.name"),
    "pools": azure("load_balancer_backend_address_pool_ids", "properties.loadBalancerBackendAddressPools"),
    "forwards": azure("load_balancer_inbound_nat_rules_ids", "properties.loadBalancerInboundNatPools"),
    "groups": azure("application_security_group_ids", "properties.applicationSecurityGroups"),
}
INTERFACE: Spelling = {
    # word of an interface that stands inside a machine or a scale set, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "security_group": azure("network_security_group_id", "properties.networkSecurityGroup.id"),
    "addresses": azure("ip_configuration", "properties.ipConfigurations", rows=ADDRESS),
}
DISK: Spelling = {
    # word of a disk that stands inside a machine or a scale set, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "own": azure("managed_disk_id", "managedDisk.id"),
    "vhd": azure(("vhd_uri", "vhd_containers"), ("vhd.uri", "vhdContainers")),
    "key": azure(
        ("disk_encryption_set_id", "secure_vm_disk_encryption_set_id"),
        ("managedDisk.diskEncryptionSet.id", "managedDisk.securityProfile.diskEncryptionSet.id"),
    ),
    "created": azure("create_option", "createOption"),
}
EXTENSION: Spelling = {
    # word of an extension, in a list or as a resource of its own, then its path in Terraform and in ARM
    "type": azure("type", "properties.type"),
}

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "at_host": _either("encryption_at_host_enabled", "securityProfile.encryptionAtHost"),
    "secure_boot": _either("secure_boot_enabled", "securityProfile.uefiSettings.secureBootEnabled"),
    "vtpm": _either("vtpm_enabled", "securityProfile.uefiSettings.vTpmEnabled"),
    "password": _either(
        (
            "admin_password",
            "os_profile.admin_password",
            f"{_LINUX}.admin_password",
            f"{_WINDOWS}.admin_password",
        ),
        "osProfile.adminPassword",
    ),
    "no_password": _either(
        (
            "disable_password_authentication",
            "os_profile_linux_config.disable_password_authentication",
            f"{_LINUX}.disable_password_authentication",
        ),
        "osProfile.linuxConfiguration.disablePasswordAuthentication",
    ),
    "linux": _either(("os_profile_linux_config", _LINUX), "osProfile.linuxConfiguration"),
    "windows": _either(("os_profile_windows_config", _WINDOWS), "osProfile.windowsConfiguration"),
    "os_type": _either(
        ("storage_os_disk.os_type", "storage_profile_os_disk.os_type"), "storageProfile.osDisk.osType"
    ),
    "agent": _either(
        (
            "provision_vm_agent",
            "os_profile_windows_config.provision_vm_agent",
            f"{_LINUX}.provision_vm_agent",
            f"{_WINDOWS}.provision_vm_agent",
        ),
        "osProfile.linuxConfiguration.provisionVMAgent",
        "osProfile.windowsConfiguration.provisionVMAgent",
    ),
    "patch_mode": _either(
        ("patch_mode", f"{_LINUX}.patch_mode", f"{_WINDOWS}.patch_mode"),
        "osProfile.linuxConfiguration.patchSettings.patchMode",
        "osProfile.windowsConfiguration.patchSettings.patchMode",
    ),
    "assessment": _either(
        ("patch_assessment_mode", f"{_LINUX}.patch_assessment_mode", f"{_WINDOWS}.patch_assessment_mode"),
        "osProfile.linuxConfiguration.patchSettings.assessmentMode",
        "osProfile.windowsConfiguration.patchSettings.assessmentMode",
    ),
    "updates": _either(
        (
            "automatic_updates_enabled",
            "enable_automatic_updates",
            f"{_WINDOWS}.enable_automatic_updates",
            "os_profile_windows_config.enable_automatic_upgrades",
        ),
        "osProfile.windowsConfiguration.enableAutomaticUpdates",
    ),
    "new_images": azure(
        ("automatic_os_upgrade_policy.enable_automatic_os_upgrade", "automatic_os_upgrade"),
        "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
    ),
    "publisher": _either(
        (
            "source_image_reference.publisher",
            "storage_image_reference.publisher",
            "storage_profile_image_reference.publisher",
        ),
        "storageProfile.imageReference.publisher",
    ),
    "offer": _either(
        (
            "source_image_reference.offer",
            "storage_image_reference.offer",
            "storage_profile_image_reference.offer",
        ),
        "storageProfile.imageReference.offer",
    ),
    "sku": _either(
        (
            "source_image_reference.sku",
            "storage_image_reference.sku",
            "storage_profile_image_reference.sku",
        ),
        "storageProfile.imageReference.sku",
    ),
    "os_disk": _either(
        ("os_disk", "storage_os_disk", "storage_profile_os_disk"), "storageProfile.osDisk", rows=DISK
    ),
    "disks": _either(
        ("data_disk", "storage_data_disk", "storage_profile_data_disk"),
        "storageProfile.dataDisks",
        rows=DISK,
    ),
    "attached": azure("os_managed_disk_id", NOTHING),
    "identity": azure("identity.type", "identity.type"),
    "console": _either(
        ("boot_diagnostics.enabled", "boot_diagnostics"), "diagnosticsProfile.bootDiagnostics.enabled"
    ),
    "extensions": azure(
        "extension", "properties.virtualMachineProfile.extensionProfile.extensions", rows=EXTENSION
    ),
    "interfaces": azure("network_interface_ids", "properties.networkProfile.networkInterfaces"),
    "own_interfaces": _either(
        ("network_interface", "network_profile"),
        "networkProfile.networkInterfaceConfigurations",
        rows=INTERFACE,
    ),
}
IDENTITY = tuple(RESOURCE)
