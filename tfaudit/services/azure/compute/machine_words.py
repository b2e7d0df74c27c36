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


_LINUX = "os_profile.linux_configuration"
_WINDOWS = "os_profile.windows_configuration"

_DISK: Spelling = {
    # word of a disk inside a machine, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "own": azure("managed_disk_id", "managedDisk.id"),
    "vhd": azure("vhd_uri", "vhd"),  # whatever its address comes to
    "key": azure(
        ("disk_encryption_set_id", "secure_vm_disk_encryption_set_id"),
        ("managedDisk.diskEncryptionSet.id", "managedDisk.securityProfile.diskEncryptionSet.id"),
    ),
    "created": azure("create_option", "createOption"),
}
_DISK_OF_MANY: Spelling = {**_DISK, "own": azure(NOTHING, NOTHING), "vhd": azure(NOTHING, NOTHING)}
_SYSTEM_DISK_OF_MANY: Spelling = {**_DISK_OF_MANY, "vhd": azure("vhd_containers", "vhdContainers")}
EXTENSION: Spelling = {
    # word of an extension, in a list or as a resource of its own, then its path in Terraform and in ARM
    "type": azure("type", "properties.type"),
}


def _words(profile: str) -> Spelling:
    """Return the words that a machine has, and a scale set below the `profile` of its machines."""

    def word(terraform: str | tuple[str, ...], *arm: str) -> Word:
        return azure(terraform, tuple(f"properties{profile}.{each}" for each in arm))

    return {
        **RESOURCE,
        **TAGGED,
        # word, then its path in Terraform and in ARM
        "identity": azure("identity.type", "identity.type"),
        "at_host": word("encryption_at_host_enabled", "securityProfile.encryptionAtHost"),
        "secure_boot": word("secure_boot_enabled", "securityProfile.uefiSettings.secureBootEnabled"),
        "vtpm": word("vtpm_enabled", "securityProfile.uefiSettings.vTpmEnabled"),
        "password": word(
            (
                "admin_password",
                "os_profile.admin_password",
                f"{_LINUX}.admin_password",
                f"{_WINDOWS}.admin_password",
            ),
            "osProfile.adminPassword",
        ),
        "no_password": word(
            (
                "disable_password_authentication",
                "os_profile_linux_config.disable_password_authentication",
                f"{_LINUX}.disable_password_authentication",
            ),
            "osProfile.linuxConfiguration.disablePasswordAuthentication",
        ),
        "linux": word(("os_profile_linux_config", _LINUX), "osProfile.linuxConfiguration"),
        "windows": word(("os_profile_windows_config", _WINDOWS), "osProfile.windowsConfiguration"),
        "of_older": azure("os_profile_windows_config", NOTHING),
        "os_type": word(
            ("storage_os_disk.os_type", "storage_profile_os_disk.os_type"), "storageProfile.osDisk.osType"
        ),
        "agent": word(
            (
                "provision_vm_agent",
                "os_profile_windows_config.provision_vm_agent",
                f"{_LINUX}.provision_vm_agent",
                f"{_WINDOWS}.provision_vm_agent",
            ),
            "osProfile.linuxConfiguration.provisionVMAgent",
            "osProfile.windowsConfiguration.provisionVMAgent",
        ),
        "patch_mode": word(
            ("patch_mode", f"{_LINUX}.patch_mode", f"{_WINDOWS}.patch_mode"),
            "osProfile.linuxConfiguration.patchSettings.patchMode",
            "osProfile.windowsConfiguration.patchSettings.patchMode",
        ),
        "assessment": word(
            ("patch_assessment_mode", f"{_LINUX}.patch_assessment_mode", f"{_WINDOWS}.patch_assessment_mode"),
            "osProfile.linuxConfiguration.patchSettings.assessmentMode",
            "osProfile.windowsConfiguration.patchSettings.assessmentMode",
        ),
        "updates": word(
            (
                "automatic_updates_enabled",
                "enable_automatic_updates",
                f"{_WINDOWS}.enable_automatic_updates",
                "os_profile_windows_config.enable_automatic_upgrades",
            ),
            "osProfile.windowsConfiguration.enableAutomaticUpdates",
        ),
        "publisher": word(
            (
                "source_image_reference.publisher",
                "storage_image_reference.publisher",
                "storage_profile_image_reference.publisher",
            ),
            "storageProfile.imageReference.publisher",
        ),
        "offer": word(
            (
                "source_image_reference.offer",
                "storage_image_reference.offer",
                "storage_profile_image_reference.offer",
            ),
            "storageProfile.imageReference.offer",
        ),
        "sku": word(
            (
                "source_image_reference.sku",
                "storage_image_reference.sku",
                "storage_profile_image_reference.sku",
            ),
            "storageProfile.imageReference.sku",
        ),
        "console": word(
            ("boot_diagnostics.enabled", "boot_diagnostics"), "diagnosticsProfile.bootDiagnostics.enabled"
        ),
    }


def _interface(forwards: Word) -> Spelling:
    """Return the words of an interface that stands inside a machine or a scale set."""
    address: Spelling = {
        "name": azure("name", "name"),
        "subnet": azure("subnet_id", "properties.subnet.id"),
        "public": azure(
            ("public_ip_address", "public_ip_address_configuration"),
            "properties.publicIPAddressConfiguration",
        ),
        "public_sku": azure("public_ip_address.sku_name", "properties.publicIPAddressConfiguration.sku.name"),
        "pools": azure(
            "load_balancer_backend_address_pool_ids", "properties.loadBalancerBackendAddressPools"
        ),
        "forwards": forwards,
        "groups": azure("application_security_group_ids", "properties.applicationSecurityGroups"),
        "gateways": azure(
            "application_gateway_backend_address_pool_ids", "properties.applicationGatewayBackendAddressPools"
        ),
    }
    return {
        "name": azure("name", "name"),
        "security_group": azure("network_security_group_id", "properties.networkSecurityGroup.id"),
        "addresses": azure("ip_configuration", "properties.ipConfigurations", rows=address),
    }


_FORWARDS = azure("load_balancer_inbound_nat_rules_ids", "properties.loadBalancerInboundNatPools")
_INTERFACES = "networkProfile.networkInterfaceConfigurations"
MACHINE_WORDS: Spelling = {
    **_words(""),
    # word of a machine, then its path in Terraform and in ARM
    "new_images": azure(NOTHING, NOTHING),
    "os_disk": azure(("os_disk", "storage_os_disk"), "properties.storageProfile.osDisk", rows=_DISK),
    "disks": azure("storage_data_disk", "properties.storageProfile.dataDisks", rows=_DISK),
    "attached": azure("os_managed_disk_id", NOTHING),
    "extensions": azure(NOTHING, NOTHING, rows=EXTENSION),
    "interfaces": azure("network_interface_ids", "properties.networkProfile.networkInterfaces"),
    "own_interfaces": azure(NOTHING, f"properties.{_INTERFACES}", rows=_interface(azure(NOTHING, NOTHING))),
}
_PROFILE = "properties.virtualMachineProfile"
SCALE_SET_WORDS: Spelling = {
    **_words(".virtualMachineProfile"),
    # word of a scale set, then its path in Terraform and in ARM
    "new_images": azure(
        ("automatic_os_upgrade_policy.enable_automatic_os_upgrade", "automatic_os_upgrade"),
        "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
    ),
    "os_disk": azure(
        ("os_disk", "storage_profile_os_disk"),
        f"{_PROFILE}.storageProfile.osDisk",
        rows=_SYSTEM_DISK_OF_MANY,
    ),
    "disks": azure(
        ("data_disk", "storage_profile_data_disk"),
        f"{_PROFILE}.storageProfile.dataDisks",
        rows=_DISK_OF_MANY,
    ),
    "attached": azure(NOTHING, NOTHING),
    "extensions": azure("extension", f"{_PROFILE}.extensionProfile.extensions", rows=EXTENSION),
    "interfaces": azure(NOTHING, NOTHING),
    "own_interfaces": azure(
        ("network_interface", "network_profile"),
        f"{_PROFILE}.{_INTERFACES}",
        rows=_interface(_FORWARDS),
    ),
}
