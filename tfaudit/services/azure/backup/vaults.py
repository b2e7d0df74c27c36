"""Azure's vaults for backups, Recovery Services vaults and Backup vaults, as `backup_vault` assets.

What guards the copies against whoever took over the subscription: immutability, deleting softly, a second region. Older
templates set these of a Recovery Services vault by children, `backupconfig` and `backupstorageconfig`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Unknown
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import lower, not_judged, switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_recovery_services_vault",
    "azurerm_data_protection_backup_vault",
    "microsoft.recoveryservices/vaults",
    "microsoft.dataprotection/backupvaults",
)
KINDS = ("backup_vault",)
NAMES = ("name",)
COMPANIONS = {
    "microsoft.recoveryservices/vaults/backupconfig": "parent",
    "microsoft.recoveryservices/vaults/backupstorageconfig": "parent",
    "azurerm_recovery_services_vault_resource_guard_association": "vault_id",
    "microsoft.recoveryservices/vaults/backupresourceguardproxies": "parent",
    "microsoft.dataprotection/backupvaults/backupresourceguardproxies": "parent",
}
ARM_TYPES = (
    "Microsoft.RecoveryServices/vaults",
    "Microsoft.RecoveryServices/vaults/backupconfig",
    "Microsoft.RecoveryServices/vaults/backupstorageconfig",
    "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies",
    "Microsoft.DataProtection/backupVaults",
    "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies",
)

_OF_BACKUP = frozenset({"azurerm_data_protection_backup_vault", "microsoft.dataprotection/backupvaults"})
_SECURITY = "properties.securitySettings"
_IMMUTABLE = "learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept"
_SOFT = "learn.microsoft.com/azure/backup/secure-by-default"
_REDUNDANCY = "learn.microsoft.com/azure/backup/guidance-best-practices"
_CONFIG = "microsoft.recoveryservices/vaults/backupconfig"
_STORAGE = "microsoft.recoveryservices/vaults/backupstorageconfig"
_AGREED = "learn.microsoft.com/azure/backup/multi-user-authorization-concept"
_GUARDS = tuple(each for each in COMPANIONS if "guard" in each)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "immutability": azure("immutability", f"{_SECURITY}.immutabilitySettings.state"),
    "soft_delete": azure(
        ("soft_delete_enabled", "soft_delete"),
        (
            f"{_SECURITY}.softDeleteSettings.softDeleteState",
            f"{_SECURITY}.softDeleteSettings.state",
            f"{_CONFIG}/properties.softDeleteFeatureState",
        ),
    ),
    "soft_delete_days": azure(
        "retention_duration_in_days",
        (
            f"{_SECURITY}.softDeleteSettings.softDeleteRetentionPeriodInDays",
            f"{_SECURITY}.softDeleteSettings.retentionDurationInDays",
            f"{_CONFIG}/properties.softDeleteRetentionPeriodInDays",
        ),
    ),
    "redundancy": azure(
        ("storage_mode_type", "redundancy"),
        (
            "properties.redundancySettings.standardTierStorageRedundancy",
            "properties.storageSettings.0.type",
            f"{_STORAGE}/properties.storageModelType",
            f"{_STORAGE}/properties.storageType",
        ),
    ),
    "cross_region": azure(
        "cross_region_restore_enabled",
        (
            "properties.redundancySettings.crossRegionRestore",
            "properties.featureSettings.crossRegionRestoreSettings.state",
            f"{_STORAGE}/properties.crossRegionRestoreFlag",
        ),
    ),
}
IDENTITY = tuple(RESOURCE)
_REDUNDANT = {
    "georedundant": True,
    "readaccessgeozoneredundant": True,
    "locallyredundant": False,
    "zoneredundant": False,
}


def _immutable(state: Any) -> bool | CannotTell | None:
    """Return whether copies cannot be deleted before their time; locked says that this cannot be taken back either."""
    word = lower(state)
    if word is None:
        return None
    return word != "disabled" if word in ("disabled", "unlocked", "locked") else not_judged(state)


def _deletes_softly(state: Any) -> bool | CannotTell | None:
    word = lower(state)
    return word != "off" if word in ("off", "on", "alwayson") else switched(state)


def _soft_days(days: Any, state: Any) -> Any:
    """Return for how many days deleted copies can be had back."""
    if _deletes_softly(state) is False:
        return Inapplicable("what is deleted is gone at once, which is judged")
    return days


def _in_second_region(redundancy: Any) -> bool | CannotTell | None:
    word = lower(redundancy)
    if word is None:
        return None
    found = _REDUNDANT.get(word)
    return not_judged(redundancy) if found is None else found


def _restores_elsewhere(cross_region: Any, redundancy: Any) -> Any:
    """Return whether copies can be restored in the second region at any time."""
    if _in_second_region(redundancy) is False:
        return Inapplicable("its copies are in one region only, which is judged")
    return switched(cross_region)


def _guarded(view: View) -> Known | Unknown | Absent:
    """Return whether a guard that another team may own is asked: what names one can name nothing else."""
    type_ = view.resource.type
    above = (
        "microsoft.dataprotection/backupvaults"
        if type_ in _OF_BACKUP
        else "microsoft.recoveryservices/vaults"
    )
    own = tuple(each for each in _GUARDS if each.rpartition("/")[0] == above or each.startswith("azurerm_"))
    found = view.companions(*own)
    for each in found.views:
        return Known(True, each.resource, each.base)
    return found.more if isinstance(found, Some) else Absent(view.resource, view.base)


def _said_elsewhere(view: View) -> Documented | Unresolved:
    """Return what holds in Terraform's code where no guard is named: azurerm can name one for one of the two."""
    if view.resource.type in _OF_BACKUP:
        return Unresolved("azurerm has no word for what guards it", "scan the live subscription")
    return Documented(False, _AGREED)


VAULT: Facts = {
    "backup.immutable": Fact(_immutable, of=("immutability",), default=Documented(False, _IMMUTABLE)),
    "backup.soft_delete": Fact(_deletes_softly, of=("soft_delete",), default=Documented(True, _SOFT)),
    "soft_delete_days": Fact(
        _soft_days, of=("soft_delete_days", "soft_delete"), default=Documented(14, _SOFT)
    ),
    "backup.cross_region": Fact(_in_second_region, of=("redundancy",), default=Documented(True, _REDUNDANCY)),
    "restore.cross_region": Fact(
        _restores_elsewhere, of=("cross_region", "redundancy"), default=Documented(False, _REDUNDANCY)
    ),
    "two_people": Fact(
        joins=_guarded,
        of=tuple(RESOURCE),
        default=ByPlane(terraform=_said_elsewhere, arm=Documented(False, _AGREED)),
        beside=_GUARDS,
    ),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `backup_vault` that the resource declares; one for recovery is a managed service as well."""
    if view.resource.type in _OF_BACKUP:
        yield asset("backup_vault", view, VAULT, named(view, "microsoft.dataprotection/backupvaults"))
    else:
        key = named(view, "microsoft.recoveryservices/vaults")
        yield asset("backup_vault", view, VAULT, key, part="backups")
