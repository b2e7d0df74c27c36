"""Backup policies of Azure's vaults, as `backup_plan` assets: how long the copies that are taken most often are kept.

A Recovery Services vault counts days of daily copies, weeks of weekly ones; a Backup vault has durations (`P35D`), of
which those of the default rule hold for what no other rule names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.durations import days
from tfaudit.services.azure.keys.keys import RESOURCE, below, by_id, inside, name_of

READS = (
    "azurerm_backup_policy_vm",
    "azurerm_backup_policy_file_share",
    "azurerm_data_protection_backup_policy_blob_storage",
    "azurerm_data_protection_backup_policy_disk",
    "azurerm_data_protection_backup_policy_postgresql",
    "azurerm_data_protection_backup_policy_postgresql_flexible_server",
    "azurerm_data_protection_backup_policy_mysql_flexible_server",
    "azurerm_data_protection_backup_policy_kubernetes_cluster",
    "azurerm_backup_policy_vm_workload",
    "microsoft.recoveryservices/vaults/backuppolicies",
    "microsoft.dataprotection/backupvaults/backuppolicies",
)
KINDS = ("backup_plan",)
ARM_TYPES = (
    "Microsoft.RecoveryServices/vaults/backupPolicies",
    "Microsoft.DataProtection/backupVaults/backupPolicies",
)

_POLICY = "properties.retentionPolicy"
_NONE = "learn.microsoft.com/azure/backup/backup-architecture"
_LENGTH = {"days": 1, "weeks": 7, "months": 30, "years": 365}

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform and in ARM
    "vault_name": azure("recovery_vault_name", NOTHING),
    "vault": azure("vault_id", "parent"),
    "daily": azure(
        "retention_daily.count",
        (
            f"{_POLICY}.dailySchedule.retentionDuration.count",
            "properties.vaultRetentionPolicy.vaultRetention.dailySchedule.retentionDuration.count",
        ),
    ),
    "weekly": azure("retention_weekly.count", f"{_POLICY}.weeklySchedule.retentionDuration.count"),
    "simple": azure(NOTHING, f"{_POLICY}.retentionDuration.count"),
    "simple_unit": azure(NOTHING, f"{_POLICY}.retentionDuration.durationType"),
    "duration": azure(
        (
            "default_retention_duration",
            "vault_default_retention_duration",
            "operational_default_retention_duration",
            "retention_duration",
            "default_retention_rule.life_cycle.duration",
        ),
        NOTHING,
    ),
    # Of a database in a machine full copies, differences and logs are kept each for its own time.
    "workload": azure(
        "protection_policy",
        "properties.subProtectionPolicy",
        rows={
            "kind": azure("policy_type", "policyType"),
            "daily": azure("retention_daily.count", "retentionPolicy.dailySchedule.retentionDuration.count"),
            "weekly": azure(
                "retention_weekly.count", "retentionPolicy.weeklySchedule.retentionDuration.count"
            ),
        },
    ),
    "rules": azure(
        NOTHING,
        "properties.policyRules",
        rows={
            "default": azure(NOTHING, "isDefault"),
            "after": azure(NOTHING, "lifecycles.0.deleteAfter.duration"),
        },
    ),
}
IDENTITY = (*RESOURCE, "vault_name", "vault")


def _kept(  # noqa: PLR0913 - one for each way to say it
    daily: Any, weekly: Any, simple: Any, simple_unit: Any, duration: Any, rules: Any, workload: Any
) -> int | CannotTell | None:
    """Return for how many days the copies are kept that are taken most often; of a workload the full ones."""
    full = next((each for each in workload or () if lower(each.get("kind")) == "full"), None)
    if full is not None:
        daily, weekly = full.get("daily"), full.get("weekly")
    if daily is not None:
        return as_int(daily)
    if weekly is not None:
        weeks = as_int(weekly)
        return None if weeks is None else weeks * 7
    if simple is not None:
        count = as_int(simple)
        return None if count is None else count * _LENGTH.get(lower(simple_unit) or "days", 1)
    if duration is not None:
        return days(duration)
    stated = [each.get("after") for each in rules or () if as_bool(each.get("default"))]
    return days(stated[0]) if stated else None


PLAN: Facts = {
    "backup.retention_days": Fact(
        _kept,
        of=("daily", "weekly", "simple", "simple_unit", "duration", "rules", "workload"),
        default=Documented(0, _NONE),
    ),
}


def _key(view: View) -> Key:
    """Return the key: a Recovery Services vault is named, a Backup vault is known by its id."""
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    if not view.resource.type.startswith("azurerm_backup"):
        return below(view, "vault", "microsoft.dataprotection/backupvaults", "backuppolicies")
    parts = [name_of(view, word) for word in ("group", "vault_name", "name")]
    open_ = next((each for each in parts if isinstance(each, Unresolved)), None)
    if open_ is not None:
        return open_
    above = f"azure:microsoft.recoveryservices/vaults/{parts[0]}/{parts[1]}"
    return inside(above, "microsoft.recoveryservices/vaults", "backuppolicies", str(parts[2]))


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `backup_plan` that the resource declares."""
    yield asset("backup_plan", view, PLAN, _key(view))
