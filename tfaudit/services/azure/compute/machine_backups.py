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
_TYPES = (
    "azurerm_backup_protected_vm",
    "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
)
STOPPED = ("protectionstopped", "backupssuspended", "irpending", "protectionerror")

ITEM: Spelling = {
    # word, then its path in Terraform and in ARM
    "source": azure("source_vm_id", ("properties.sourceResourceId", "properties.virtualMachineId")),
    "state": azure("protection_state", "properties.protectionState"),
    "kind": azure(NOTHING, "properties.protectedItemType"),
}


def _backed_up(view: View) -> states.Reading:
    items = pointing_at(view, _TYPES, "microsoft.compute/virtualmachines", ITEM, "source")
    unsure = items.more if isinstance(items, Some) else None
    stopped: states.Reading = Absent(view.resource, view.base)
    for item in items.views:
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


BACKED_UP = Fact(joins=_backed_up, of=IDENTITY, default=Documented(False, _DOCS), beside=_TYPES)
"""Whether a vault keeps copies of the machine."""
