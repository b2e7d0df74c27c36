"""Extensions of Azure's machines: what the platform's agent installs and runs in them."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.compute.machine_words import EXTENSION, SCALE_SETS
from tfaudit.services.azure.elements import elements

ARM_TYPES = (
    "Microsoft.Compute/virtualMachines/extensions",
    "Microsoft.Compute/virtualMachineScaleSets/extensions",
)

OF_MACHINE = {
    "azurerm_virtual_machine_extension": "virtual_machine_id",
    "microsoft.compute/virtualmachines/extensions": "parent",
}
OF_SCALE_SET = {
    "azurerm_virtual_machine_scale_set_extension": "virtual_machine_scale_set_id",
    "microsoft.compute/virtualmachinescalesets/extensions": "parent",
}
_NAMES = ("name",)
_DOCS = "learn.microsoft.com/azure/virtual-machines/extensions/overview"
_MAY_BE_INSTALLED = Unresolved(
    "no extension for it is declared here, and Defender for Servers or a policy may install one",
    "scan the live subscription",
)
_PROTECTING = (
    "iaasantimalware",
    "mde.windows",
    "mde.linux",
    "falconsensorwindows",
    "falconsensorlinux",
    "deepsecurityagent",
    "deepsecurityagentlinux",
    "trendmicrodsa",
    "trendmicrodsalinux",
    "symantecendpointprotection",
    "scwpagentforwindows",
    "scwpagentforlinux",
    "sentinelone",
    "windowsextension",
    "linuxextension",
    "mcafeeendpointsecurity",
    "kesl",
)
"""Types of extensions that look for malware, of Microsoft and of others."""


def _listed(view: View) -> tuple[list[Any], states.Reading]:
    """Return the types of all extensions, and where the first of them stands."""
    found: list[Any] = []
    where: states.Reading = Absent(view.resource, view.base)
    joined = OF_SCALE_SET if view.resource.type in SCALE_SETS else OF_MACHINE
    companions = View(view.resource, view.inventory, joined, _NAMES).companions(*joined)
    for each in (*elements(view, "extensions"), *(one.spelled(EXTENSION) for one in companions.views)):
        reading = each.word("type")
        where = reading if isinstance(where, Absent) else where
        match reading:
            case Known(value=value):
                found.append(str(value))
            case Unknown(because=because, settle_with=settle_with):
                found.append(Unresolved(because, settle_with))
            case Pointer() as pointer:
                found.append(Unresolved(pointer.unknown.because, pointer.unknown.settle_with))
            case Absent():
                pass
    if isinstance(companions, Some):
        found.append(Unresolved(companions.more.because, companions.more.settle_with))
    return found, where


def _extensions(view: View) -> states.Reading:
    found, where = _listed(view)
    return Known(found, where.resource, where.path)


def _protected(view: View) -> Any:
    """Return whether an extension looks for malware; where code declares none, another may be installed."""
    found, where = _listed(view)
    if any(isinstance(each, str) and each.lower() in _PROTECTING for each in found):
        return Known(True, where.resource, where.path)
    unclear = next((each for each in found if isinstance(each, Unresolved)), None)
    if unclear is None and view.resource.plane != "live":
        unclear = _MAY_BE_INSTALLED
    if unclear is not None:
        return Unknown(unclear.because, unclear.settle_with, where.resource, where.path)
    return Known(False, where.resource, where.path)


# One that stands alone, for a machine that is declared elsewhere, says nothing of what the machine is judged by.
_BESIDE = (*OF_MACHINE, *OF_SCALE_SET)
EXTENSIONS = Fact(joins=_extensions, of=("extensions",), default=Documented([], _DOCS), beside=_BESIDE)
"""The types of the extensions that are declared or installed."""

PROTECTED = Fact(joins=_protected, of=("extensions",), beside=_BESIDE)
"""Whether an extension looks for malware."""
