"""Dedicated SQL pools of Azure Synapse, as `database` assets; the workspace has their network and logins.

Policies of audit, of alerts and of scans are those of a pool, or those of its workspace for all of its pools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.databases.mssql_watch import alerted, scanned
from tfaudit.services.azure.keys.keys import RESOURCE, below
from tfaudit.services.azure.security.plans import DEFENDER
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.databases_idle import NO_SESSIONS
from tfaudit.services.databases_seldom import SELDOM

READS = ("azurerm_synapse_sql_pool", "microsoft.synapse/workspaces/sqlpools")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_synapse_sql_pool_extended_auditing_policy": "sql_pool_id",
    "azurerm_synapse_sql_pool_security_alert_policy": "sql_pool_id",
    "microsoft.synapse/workspaces/sqlpools/extendedauditingsettings": "parent",
    "microsoft.synapse/workspaces/sqlpools/geobackuppolicies": "parent",
    "microsoft.synapse/workspaces/sqlpools/securityalertpolicies": "parent",
    "microsoft.synapse/workspaces/sqlpools/transparentdataencryption": "parent",
    "microsoft.synapse/workspaces/sqlpools/vulnerabilityassessments": "parent",
}
ARM_TYPES = (
    "Microsoft.Security/pricings",
    "Microsoft.Synapse/workspaces/extendedAuditingSettings",
    "Microsoft.Synapse/workspaces/securityAlertPolicies",
    "Microsoft.Synapse/workspaces/vulnerabilityAssessments",
    "Microsoft.Synapse/workspaces/sqlPools",
    "Microsoft.Synapse/workspaces/sqlPools/extendedAuditingSettings",
    "Microsoft.Synapse/workspaces/sqlPools/geoBackupPolicies",
    "Microsoft.Synapse/workspaces/sqlPools/securityAlertPolicies",
    "Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption",
    "Microsoft.Synapse/workspaces/sqlPools/vulnerabilityAssessments",
)

_WORKSPACE = "microsoft.synapse/workspaces"
_OF_WORKSPACE = {
    "azurerm_synapse_workspace_extended_auditing_policy": "synapse_workspace_id",
    "azurerm_synapse_workspace_security_alert_policy": "synapse_workspace_id",
    "microsoft.synapse/workspaces/extendedauditingsettings": "parent",
    "microsoft.synapse/workspaces/securityalertpolicies": "parent",
    "microsoft.synapse/workspaces/vulnerabilityassessments": "parent",
}
"""Policies that hold for all pools of a workspace, and how they point at it."""
_AUDITS = (
    "azurerm_synapse_workspace_extended_auditing_policy",
    "microsoft.synapse/workspaces/extendedauditingsettings",
)
_ALERTS = (
    "azurerm_synapse_workspace_security_alert_policy",
    "microsoft.synapse/workspaces/securityalertpolicies",
)
_SCANS = (
    "azurerm_synapse_workspace_vulnerability_assessment",
    "microsoft.synapse/workspaces/vulnerabilityassessments",
)
_OWN_ALERTS = (
    "azurerm_synapse_sql_pool_security_alert_policy",
    "microsoft.synapse/workspaces/sqlpools/securityalertpolicies",
)
_OWN_SCANS = (
    "azurerm_synapse_sql_pool_vulnerability_assessment",
    "microsoft.synapse/workspaces/sqlpools/vulnerabilityassessments",
)
_OWN = (
    "azurerm_synapse_sql_pool_extended_auditing_policy",
    "microsoft.synapse/workspaces/sqlpools/extendedauditingsettings",
)
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/synapse_sql_pool",
    "learn.microsoft.com/azure/templates/microsoft.synapse/workspaces/sqlpools",
)
_COPIES = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/synapse-analytics/sql-data-warehouse/backup-and-restore",
)
_TDE = "learn.microsoft.com/azure/synapse-analytics/security/workspaces-encryption"
_THREATS = "learn.microsoft.com/azure/synapse-analytics/guidance/security-white-paper-threat-protection"
_SCANNED = "learn.microsoft.com/azure/defender-for-cloud/sql-azure-vulnerability-assessment-overview"
_AUDIT = "learn.microsoft.com/azure/azure-sql/database/auditing-overview"
_RESTORE = "learn.microsoft.com/azure/synapse-analytics/sql-data-warehouse/backup-and-restore"
_POOLS = "microsoft.synapse/workspaces/sqlpools"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "workspace": azure("synapse_workspace_id", "parent"),
    "encryption": azure("data_encrypted", f"{_POOLS}/transparentdataencryption/properties.status"),
    "geo_backup": azure("geo_backup_policy_enabled", f"{_POOLS}/geobackuppolicies/properties.state"),
}
POLICY: Spelling = {
    # word of a policy of audit, then its path in Terraform, where one is on that is there, and in ARM
    "state": azure(None, "properties.state")
}
IDENTITY = (*RESOURCE, "workspace")


def _on(policies: Any) -> states.Reading | None:
    """Return whether one of `policies` is on; None where there is none."""
    off: states.Reading | None = None
    for policy in policies.views:
        state = policy.spelled(POLICY).word("state") if policy.dialect == "arm" else Absent(policy.resource)
        match state:
            case Absent():
                return Known(True, policy.resource)
            case Known(value=value) if switched(value) is True:
                return Known(True, state.resource, state.path)
            case Known():
                off = off or Known(False, state.resource, state.path)
            case _:
                off = state
    return policies.more if isinstance(policies, Some) else off


def _audits(types: tuple[str, ...]) -> Callable[[View], states.Reading]:
    """Return what tells whether one of the policies of `types` that belong to a resource is on."""
    return lambda view: _on(view.companions(*types)) or Absent(view.resource, view.base)


def _by_either(
    own: Callable[[View], states.Reading], above: Callable[[View], states.Reading]
) -> Callable[[View], states.Reading]:
    """Return what tells whether a policy of a pool's `own` is on, or one of the workspace `above` it."""

    def joins(view: View) -> states.Reading:
        by_own = own(view)
        if isinstance(by_own, Known) and by_own.value is True:
            return by_own
        by_workspace: states.Reading | None = None
        for workspace in view.leads_to("workspace", "azurerm_synapse_workspace", _WORKSPACE, named=NAMES):
            by_workspace = above(View(workspace.resource, view.inventory, _OF_WORKSPACE, NAMES))
        if by_workspace is None:
            where = view.word("workspace")
            because = "a policy of its workspace, which is not declared here, may hold for it"
            unsure = Unknown(because, _SETTLE, where.resource, where.path)
            return by_own if isinstance(by_own, Unknown) else unsure
        if isinstance(by_workspace, Known) and by_workspace.value is True:
            return by_workspace
        answers = (by_own, by_workspace)
        stated = next((each for each in answers if isinstance(each, Known)), Absent(view.resource, view.base))
        return next((each for each in answers if isinstance(each, (Unknown, Pointer))), stated)

    return joins


_audited = _by_either(_audits(_OWN), _audits(_AUDITS))


def _events(view: View) -> Any:
    audited = _audited(view)
    if not isinstance(audited, Known):
        return audited
    return Known(["connections", "statements"] if audited.value else [], audited.resource, audited.path)


_SETTLE = "scan the root that declares it, or the live subscription"
_ABOVE = "its workspace has one for all of its pools"
_BESIDE = (_OWN[1], _AUDITS[1])
POOL: Facts = {
    **SELDOM,
    "engine": always("sqlserver", _PAGE),
    "version": inapplicable("Azure keeps the engine up to date"),
    "session.idle_minutes": NO_SESSIONS,
    "encryption.at_rest": Fact(switched, of=("encryption",), default=Documented(False, _TDE)),
    "encryption.customer_managed_key": inapplicable("the key of its workspace holds for it"),
    "network.public": inapplicable(_ABOVE),
    "network.private_endpoint": inapplicable(_ABOVE),
    "network.published": inapplicable(_ABOVE),
    "network.published_by": inapplicable(_ABOVE),
    "network.allowed_sources": inapplicable(_ABOVE),
    "tls.required": always(
        True, "learn.microsoft.com/azure/synapse-analytics/security/connectivity-settings"
    ),
    "tls.min_version": inapplicable(_ABOVE),
    "backup.enabled": always(True, _RESTORE),
    "backup.retention_days": always(7, _RESTORE),
    "backup.long_term": inapplicable("copies of a pool are kept for a week"),
    "backup.cross_region": Fact(switched, of=("geo_backup",), default=Documented(True, _COPIES)),
    "audit.events": Fact(joins=_events, of=("workspace",), default=Documented([], _AUDIT), beside=_BESIDE),
    "audit.retention_days": inapplicable("where its audit is sent says how long it is kept"),
    "logs.enabled": Fact(
        joins=_audited, of=("workspace",), default=Documented(False, _AUDIT), beside=_BESIDE
    ),
    "threat_detection": Fact(
        joins=_by_either(alerted(_OWN_ALERTS), alerted(_ALERTS)),
        of=("workspace",),
        default=Documented(False, _THREATS),
        beside=(_OWN_ALERTS[1], _ALERTS[1], DEFENDER),
    ),
    "vulnerability_assessment": Fact(
        joins=_by_either(scanned(_OWN_SCANS), scanned(_SCANS)),
        of=("workspace",),
        default=Documented(False, _SCANNED),
        beside=(_OWN_SCANS[1], _SCANS[1]),
    ),
    "ha.multi_zone": inapplicable("a pool stands in one zone, and comes back from its copies"),
    "auth.iam": inapplicable(_ABOVE),
    "auth.passwords": inapplicable(_ABOVE),
    "inline_secrets": inapplicable("a pool has no login of its own"),
    "auto_minor_upgrade": always(True, _PAGE),
    "deletion_protection": inapplicable("a lock of its workspace holds for it"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, POOL, below(view, "workspace", _WORKSPACE, "sqlpools"))
