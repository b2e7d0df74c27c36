"""What Azure's machines state, as facts that a virtual machine and a scale set have in common."""

from __future__ import annotations

from typing import Any

from tfaudit.reading import parts
from tfaudit.reading.answers import Said
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.compute import machine_system as systems
from tfaudit.services.azure.compute.extensions import EXTENSIONS, PROTECTED
from tfaudit.services.azure.platform.common import has_identity
from tfaudit.services.azure.tags import TAGS
from tfaudit.services.credentials import written_down

_AT_HOST = "learn.microsoft.com/azure/virtual-machines/disk-encryption"
_LAUNCH = "learn.microsoft.com/azure/virtual-machines/trusted-launch"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/linux_virtual_machine"
_WINDOWS_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/windows_virtual_machine"
_OLDER_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/virtual_machine"
_OLDER_SETS = "hashicorp/azurerm/4.50.0/docs/resources/virtual_machine_scale_set"
_API = "learn.microsoft.com/rest/api/compute/virtual-machines/create-or-update"
_DISKS = "learn.microsoft.com/azure/virtual-machines/managed-disks-overview"
_PATCHES = "learn.microsoft.com/azure/virtual-machines/automatic-vm-guest-patching"
_CONSOLE = "learn.microsoft.com/azure/virtual-machines/boot-diagnostics"
_IDENTITY = "learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview"


def _on(word: str, source: str, *, otherwise: bool = False) -> Fact:
    """Return the fact that the switch `word` is on, and `otherwise` what holds where it is not set."""
    return Fact(switched, of=(word,), default=Documented(otherwise, source))


def _managed(os_disk: Any, disks: Any) -> bool | None:
    """Return whether Azure manages all of its disks; those that are files in a storage account are none."""

    def is_file(disk: Any) -> bool:
        return "vhd" in disk and disk["vhd"] not in ([], {}, "")

    return False if parts.some([*(os_disk or ()), *(disks or ())], is_file) else None


def _console(block: Any) -> bool:
    """Return whether the console is kept: the switch, or a block, which is on by being there."""
    return True if isinstance(block, (dict, list)) else switched(block) is not False


def _has_agent(agent: Any, older: Any) -> Any:
    """Return whether the agent is installed: azurerm's older machines of Windows do without where they do not say."""
    if agent is None and older is not None:
        return Said(Documented(False, _OLDER_PAGE), by="of_older")
    return switched(agent)


def _patched(mode: Any, updates: Any, new_images: Any, older: Any, *system: Any) -> Any:
    """Return whether updates are installed, which azurerm's older machines of Windows switch off without a word."""
    if updates is None and older is not None and switched(new_images) is not True:
        return Said(Documented(False, _OLDER_PAGE), by="of_older")
    return systems.patched(mode, updates, new_images, *system)


def _password_by_terraform(view: View) -> Documented:
    """Return whether a password is enough where nothing is said: only azurerm's older scale sets say so."""
    if view.resource.type == "azurerm_virtual_machine_scale_set":
        return Documented(True, _OLDER_SETS)
    return Documented(False, _PAGE)


MACHINE: Facts = {
    "encryption.at_host": _on("at_host", _AT_HOST),
    "managed_disks": Fact(_managed, of=("os_disk", "disks"), default=Documented(True, _DISKS)),
    "password_sign_in": Fact(
        systems.signed_in_by_password,
        of=("no_password", "attached", *systems.SYSTEM),
        default=ByPlane(terraform=_password_by_terraform, arm=Documented(True, _API)),
    ),
    "patches.automatic": Fact(
        _patched,
        of=("patch_mode", "updates", "new_images", "of_older", *systems.SYSTEM),
        default=Documented(True, _PATCHES),
    ),
    "patches.assessed": Fact(systems.assessed, of=("assessment",), default=Documented(False, _PATCHES)),
    "secure_boot": _on("secure_boot", _LAUNCH),
    "vtpm": _on("vtpm", _LAUNCH),
    "agent": Fact(_has_agent, of=("agent", "of_older"), default=Documented(True, _API)),
    "image": Fact(systems.image, of=("publisher", "offer", "sku")),
    "extensions": EXTENSIONS,
    "endpoint_protection": PROTECTED,
    "boot_diagnostics": Fact(
        lambda block: None if block is None else _console(block),
        of=("console",),
        default=Documented(False, _CONSOLE),
    ),
    "managed_identity": Fact(has_identity, of=("identity",), default=Documented(False, _IDENTITY)),
    "inline_secrets": written_down("password", unused="no_password"),
    "tags": TAGS,
}
"""Of a machine whose operating system is told by what it is made from."""

LINUX: Facts = {
    "password_sign_in": Fact(
        lambda off: None if off is None else systems.signed_in_by_password(off, None, True, None, None, None),
        of=("no_password",),
        default=Documented(False, _PAGE),
    ),
    "patches.automatic": Fact(systems.patched_linux, of=("patch_mode", "new_images")),
}
"""What is otherwise where the type says that it is Linux."""

WINDOWS: Facts = {
    "password_sign_in": inapplicable(systems.PASSWORD_OF_WINDOWS),
    "patches.automatic": Fact(
        systems.patched_windows,
        of=("patch_mode", "updates", "new_images"),
        default=Documented(True, _WINDOWS_PAGE),
    ),
}
"""What is otherwise where the type says that it is Windows."""
