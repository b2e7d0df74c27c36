"""Disks that machines and scale sets declare inside of themselves, as `block_volume` assets.

A disk that is a resource of its own, which is how a live subscription shows each of them, is judged there.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Facts, always, inapplicable, stated
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.compute import machine_words
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, raw
from tfaudit.services.azure.tags import TAGGED

READS = (
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_virtual_machine",
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
    "azurerm_orchestrated_virtual_machine_scale_set",
    "azurerm_virtual_machine_scale_set",
    "microsoft.compute/virtualmachines",
    "microsoft.compute/virtualmachinescalesets",
)
KINDS = ("block_volume",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets")

_ENCRYPTION = "learn.microsoft.com/azure/virtual-machines/disk-encryption"
_TYPE = "microsoft.compute/disks"
_SETTLE = "scan the plan's state or the live subscription"


def _disks(words: Spelling) -> Spelling:
    return {**RESOURCE, **TAGGED, "os_disk": words["os_disk"], "disks": words["disks"]}


TABLE = _disks(machine_words.MACHINE_WORDS)
OF_SCALE_SETS = _disks(machine_words.SCALE_SET_WORDS)
TABLES = dict.fromkeys(machine_words.SCALE_SETS, OF_SCALE_SETS)
IDENTITY = (*RESOURCE, "os_disk", "disks")

FACTS: Facts = {
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _ENCRYPTION)),
    "network.public": inapplicable(
        "a disk inside a machine does not say who may copy it: the disk itself does"
    ),
    "tags": inapplicable("a disk inside a machine has no tags here"),
}


def _key(view: View, disk: View) -> Key:
    """Return the key of the disk that Azure makes: one of a scale set has a name of Azure's."""
    group, name = raw(view, "group"), raw(disk, "name")
    if view.resource.type in machine_words.SCALE_SETS or not isinstance(name, str):
        return Unresolved("Azure makes the disk's name up", _SETTLE)
    if not isinstance(group, str):
        return Unresolved("its resource group is chosen at deployment", _SETTLE)
    return f"azure:{_TYPE}/{group}/{name}".lower()


def _elsewhere(disk: View) -> bool:
    """Whether the disk is a resource of its own, or a file in a storage account, and not made here."""
    if not all(isinstance(disk.word(word), Absent) for word in ("own", "vhd")):
        return True
    created = disk.word("created")
    return isinstance(created, Known) and str(created.value).lower() == "attach"


def assets(view: View) -> Iterator[Asset]:
    """Yield each disk that the resource makes with its machine."""
    for word, what in (("os_disk", "system disk"), ("disks", "data disk")):
        for index, disk in enumerate(elements(view, word)):
            if _elsewhere(disk):
                continue
            part = f"{next(step for step in reversed(disk.base) if isinstance(step, str))}[{index}]"
            name = raw(disk, "name")
            shown = name if isinstance(name, str) else f"{_called(view)} {what} {index + 1}"
            yield asset("block_volume", disk, FACTS, _key(view, disk), shown, part)


def _called(view: View) -> str:
    name = raw(view, "name")
    return name if isinstance(name, str) else view.resource.address
