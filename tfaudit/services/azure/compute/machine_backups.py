"""Backups of Azure's machines: a protected item of a Recovery Services vault names what it keeps copies of."""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import IDENTITY
from tfaudit.services.azure.pointers import pointing_at

ARM_TYPES = ("Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",)

_DOCS = "learn.microsoft.com/azure/backup/backup-azure-vms-introduction"
ITEMS = (
    "azurerm_backup_protected_vm",
    "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
)
STOPPED = (
    "protectionstopped",
    "protectionpaused",
    "backupssuspended",
    "irpending",
    "protectionerror",
    "invalid",
)
"""States of an item of which no copies are made, or none yet."""

ITEM: Spelling = {
    # word, then its path in Terraform and in ARM
    "source": azure("source_vm_id", ("properties.sourceResourceId", "properties.virtualMachineId")),
    "state": azure("protection_state", "properties.protectionState"),
    "kind": azure(NOTHING, "properties.protectedItemType"),
}


def of_databases(item: View) -> bool | Unknown:
    """Return whether an item is a database inside of a machine, copies of which are none of the machine."""
    kind = item.word("kind")
    if isinstance(kind, Pointer):
        return kind.unknown
    if isinstance(kind, Unknown):
        return kind
    return isinstance(kind, Known) and str(kind.value).lower().startswith("azurevmworkload")


def _backed_up(view: View) -> states.Reading:
    items = pointing_at(view, ITEMS, "microsoft.compute/virtualmachines", ITEM, "source")
    unsure = items.more if isinstance(items, Some) else None
    stopped: states.Reading = Absent(view.resource, view.base)
    for item in items.views:
        inside = of_databases(item)
        if inside is not False:
            unsure = unsure or (inside if isinstance(inside, Unknown) else None)
            continue
        state = item.word("state")
        match state:
            case Known(value=value) if str(value).lower() in STOPPED:
                stopped = Known(False, state.resource, state.path)
            case Known() | Absent():
                return Known(True, item.resource, state.path)
            case Unknown():
                unsure = unsure or state
            case Pointer():
                unsure = unsure or state.unknown
    return unsure or stopped


BACKED_UP = Fact(joins=_backed_up, of=IDENTITY, default=Documented(False, _DOCS), beside=ITEMS)
"""Whether a vault keeps copies of the machine."""
