"""Dedicated SQL pools of Azure Synapse, as `database` assets; the workspace has their network, logins and alerts."""

from __future__ import annotations

from collections.abc import Iterator
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
from tfaudit.services.azure.keys.keys import RESOURCE, below
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.databases_idle import NO_SESSIONS

READS = ("azurerm_synapse_sql_pool", "microsoft.synapse/workspaces/sqlpools")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_synapse_sql_pool_extended_auditing_policy": "sql_pool_id",
    "microsoft.synapse/workspaces/sqlpools/extendedauditingsettings": "parent",
    "microsoft.synapse/workspaces/sqlpools/geobackuppolicies": "parent",
    "microsoft.synapse/workspaces/sqlpools/transparentdataencryption": "parent",
}
ARM_TYPES = (
    "Microsoft.Synapse/workspaces/extendedAuditingSettings",
    "Microsoft.Synapse/workspaces/sqlPools",
    "Microsoft.Synapse/workspaces/sqlPools/extendedAuditingSettings",
    "Microsoft.Synapse/workspaces/sqlPools/geoBackupPolicies",
    "Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption",
)

_WORKSPACE = "microsoft.synapse/workspaces"
_OF_WORKSPACE = {
    "azurerm_synapse_workspace_extended_auditing_policy": "synapse_workspace_id",
    "microsoft.synapse/workspaces/extendedauditingsettings": "parent",
}
"""Policies of audit that hold for all pools of a workspace, and how they point at it."""
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


def _audited(view: View) -> states.Reading:
    """Return whether its accesses are recorded: by a policy of its own, or by one of its workspace."""
    own = _on(view.companions(*_OWN))
    if isinstance(own, Known) and own.value is True:
        return own
    above: states.Reading | None = None
    for workspace in view.leads_to("workspace", "azurerm_synapse_workspace", _WORKSPACE, named=NAMES):
        server = View(workspace.resource, view.inventory, _OF_WORKSPACE, NAMES)
        above = _on(server.companions(*_OF_WORKSPACE)) or Absent(view.resource, view.base)
    if above is None:
        where = view.word("workspace")
        because = "a policy of its workspace, which is not declared here, may hold for it"
        return own if isinstance(own, Unknown) else Unknown(because, _SETTLE, where.resource, where.path)
    if isinstance(above, Known) and above.value is True:
        return above
    return next((each for each in (own, above) if isinstance(each, (Unknown, Pointer))), own or above)


def _events(view: View) -> Any:
    audited = _audited(view)
    if not isinstance(audited, Known):
        return audited
    return Known(["connections", "statements"] if audited.value else [], audited.resource, audited.path)


_SETTLE = "scan the root that declares it, or the live subscription"
_ABOVE = "its workspace has one for all of its pools"
_BESIDE = (_OWN[1], "microsoft.synapse/workspaces/extendedauditingsettings")
POOL: Facts = {
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
    "threat_detection": inapplicable(_ABOVE),
    "vulnerability_assessment": inapplicable(_ABOVE),
    "ha.multi_zone": inapplicable("a pool stands in one zone, and comes back from its copies"),
    "auth.iam": inapplicable(_ABOVE),
    "inline_secrets": inapplicable("a pool has no login of its own"),
    "auto_minor_upgrade": always(True, _PAGE),
    "deletion_protection": inapplicable("a lock of its workspace holds for it"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, POOL, below(view, "workspace", _WORKSPACE, "sqlpools"))
