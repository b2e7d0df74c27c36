"""Copies of a database that a Backup vault keeps: an instance of its names the server, and which policy holds."""

from __future__ import annotations

from collections.abc import Callable

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import IDENTITY
from tfaudit.services.azure.pointers import pointing_at

ARM_TYPES = ("Microsoft.DataProtection/backupVaults/backupInstances",)

_TYPES = (
    "azurerm_data_protection_backup_instance_postgresql_flexible_server",
    "azurerm_data_protection_backup_instance_mysql_flexible_server",
    "microsoft.dataprotection/backupvaults/backupinstances",
)
_STOPPED = frozenset(
    {"protectionstopped", "protectionerror", "protectionunavailable", "backupssuspended", "softdeleted"}
)
_NONE = Inapplicable("no vault that is seen here keeps copies of it")

INSTANCE: Spelling = {
    # word, then its path in Terraform and in ARM
    "source": azure("server_id", "properties.dataSourceInfo.resourceID"),
    "state": azure(NOTHING, "properties.currentProtectionState"),
}


def kept_in_vault(arm_type: str) -> Fact:
    """Return the fact whether a vault keeps copies of the server of `arm_type`; where none is seen it is not judged."""
    return Fact(joins=_joins(arm_type), of=IDENTITY, default=_NONE, beside=_TYPES)


def _joins(arm_type: str) -> Callable[[View], states.Reading]:
    def joins(view: View) -> states.Reading:
        found = pointing_at(view, _TYPES, arm_type, INSTANCE, "source")
        stopped: states.Reading = Absent(view.resource, view.base)
        unsure = found.more if isinstance(found, Some) else None
        for each in found.views:
            match each.word("state"):
                case Known(value=value, path=path) if str(value).lower() in _STOPPED:
                    stopped = Known(False, each.resource, path)
                case Known() | Absent():
                    return Known(True, each.resource, each.word("source").path)
                case Unknown() as unknown:
                    unsure = unsure or unknown
                case Pointer(unknown=unknown):
                    unsure = unsure or unknown
        return unsure or stopped

    return joins
