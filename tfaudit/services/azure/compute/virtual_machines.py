"""Azure's virtual machines, as `instance` assets, in each of the provider's generations."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import View
from tfaudit.services.azure.compute.machine_backups import BACKED_UP
from tfaudit.services.azure.compute.machine_facts import LINUX, MACHINE, WINDOWS
from tfaudit.services.azure.compute.machine_network import PUBLIC
from tfaudit.services.azure.compute.machine_network import REACH as MACHINE_REACH
from tfaudit.services.azure.compute.machine_words import MACHINE_WORDS
from tfaudit.services.azure.keys.keys import RESOURCE, named

READS = (
    "azurerm_linux_virtual_machine",
    "azurerm_windows_virtual_machine",
    "azurerm_virtual_machine",
    "microsoft.compute/virtualmachines",
)
KINDS = ("instance",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Compute/virtualMachines",
    "Microsoft.Compute/virtualMachines/extensions",
    "Microsoft.Compute/virtualMachineScaleSets",
)

_TYPE = "microsoft.compute/virtualmachines"

TABLE: Spelling = MACHINE_WORDS
IDENTITY = tuple(RESOURCE)

VIRTUAL: Facts = {**MACHINE, **MACHINE_REACH, "network.public": PUBLIC, "backup.enabled": BACKED_UP}
FACTS = {
    "azurerm_linux_virtual_machine": {**VIRTUAL, **LINUX},
    "azurerm_windows_virtual_machine": {**VIRTUAL, **WINDOWS},
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `instance` that the resource declares."""
    yield asset("instance", view, FACTS.get(view.resource.type, VIRTUAL), named(view, _TYPE))
