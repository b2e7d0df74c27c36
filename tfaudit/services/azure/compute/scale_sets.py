"""Azure's scale sets, as `instance` assets: what is said of one is so of each machine that it makes."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts, inapplicable
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import View
from tfaudit.services.azure.compute.machine_facts import LINUX, MACHINE, WINDOWS
from tfaudit.services.azure.compute.machine_network import PUBLIC
from tfaudit.services.azure.compute.machine_network import REACH as MACHINE_REACH
from tfaudit.services.azure.compute.machine_words import SCALE_SET_WORDS
from tfaudit.services.azure.keys.keys import RESOURCE, named

READS = (
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
    "azurerm_orchestrated_virtual_machine_scale_set",
    "azurerm_virtual_machine_scale_set",
    "microsoft.compute/virtualmachinescalesets",
)
KINDS = ("instance",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.Compute/virtualMachineScaleSets",
    "Microsoft.Compute/virtualMachineScaleSets/extensions",
    "Microsoft.Compute/virtualMachines",
)

_TYPE = "microsoft.compute/virtualmachinescalesets"

TABLE: Spelling = SCALE_SET_WORDS
IDENTITY = tuple(RESOURCE)

SCALED: Facts = {
    **MACHINE,
    **MACHINE_REACH,
    "network.public": PUBLIC,
    "patches.assessed": inapplicable("machines of a scale set are replaced by newer ones"),
    "backup.enabled": inapplicable("machines of a scale set are made anew from its model"),
}
FACTS = {
    "azurerm_linux_virtual_machine_scale_set": {**SCALED, **LINUX},
    "azurerm_windows_virtual_machine_scale_set": {**SCALED, **WINDOWS},
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `instance` that stands for every machine of the scale set."""
    yield asset("instance", view, FACTS.get(view.resource.type, SCALED), named(view, _TYPE))
