"""Azure Monitor: Log Analytics workspaces as `log_store`, and a subscription's activity log as `audit_trail`.

The activity log records who changed what in a subscription. Azure keeps it for 90 days; a diagnostic setting of the
subscription sends it to where it lasts. Settings of other resources are read by these resources' own services.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import RESOURCE, named, raw
from tfaudit.services.azure.logs.diagnostics import SETTING, entries
from tfaudit.services.azure.platform.application_insights import open_to_all
from tfaudit.services.azure.platform.common import takes_keys
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_log_analytics_workspace",
    "azurerm_monitor_diagnostic_setting",
    "microsoft.operationalinsights/workspaces",
    "microsoft.insights/diagnosticsettings",
)
KINDS = ("log_store", "audit_trail")
ARM_TYPES = ("Microsoft.OperationalInsights/workspaces", "Microsoft.Insights/diagnosticSettings")

_WORKSPACES = ("azurerm_log_analytics_workspace", "microsoft.operationalinsights/workspaces")
_RETENTION = "learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure"
_NETWORKS = "learn.microsoft.com/azure/azure-monitor/logs/private-link-security"
_KEYS = "learn.microsoft.com/azure/azure-monitor/logs/azure-ad-authentication-logs"
_ACTIVITY = "learn.microsoft.com/azure/azure-monitor/platform/activity-log"

_ALL = (
    "Administrative",
    "Alert",
    "Autoscale",
    "Policy",
    "Recommendation",
    "ResourceHealth",
    "Security",
    "ServiceHealth",
)

# What only the activity log of a subscription has.
_OWN = frozenset(_ALL) - {"Security"}

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a workspace, then its path in Terraform and in ARM
    "retention_days": azure("retention_in_days", "properties.retentionInDays"),
    "ingestion": azure("internet_ingestion_enabled", "properties.publicNetworkAccessForIngestion"),
    "query": azure("internet_query_enabled", "properties.publicNetworkAccessForQuery"),
    "keys_taken": azure("local_authentication_enabled", NOTHING),
    "no_keys": azure("local_authentication_disabled", "properties.features.disableLocalAuth"),
}
IDENTITY = (*RESOURCE, "target", "logs", "older_logs")

_KEPT_BY_STORE = Fact("retention_days", default=Documented(30, _RETENTION))
STORE: Facts = {
    "logs.retention_days": _KEPT_BY_STORE,
    "encryption.customer_managed_key": inapplicable("a key of the customer's belongs to a dedicated cluster"),
    "network.public": Fact(open_to_all, of=("ingestion", "query"), default=Documented(True, _NETWORKS)),
    "shared_key_access": Fact(takes_keys, of=("keys_taken", "no_keys"), default=Documented(True, _KEYS)),
    "tags": TAGS,
}


def _value(reading: states.Reading) -> Any:
    """Return what stands in a list of values: of what is not known, why."""
    match reading:
        case Known(value=value):
            return value
        case Pointer(reference=reference):
            return reference
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case Absent():
            return None


def _covers(view: View) -> Known | Absent:
    names: list[Any] = []
    where: states.Reading | None = None
    for entry in entries(view):
        category, enabled = entry.word("category"), entry.word("enabled")
        if isinstance(category, Absent):
            category = entry.word("category_group")
        if isinstance(enabled, Known) and as_bool(enabled.value) is False:
            continue
        shown = enabled if isinstance(enabled, (Unknown, Pointer)) else category
        if not isinstance(shown, Absent):
            names.append(_value(shown))
            where = where or category
    if any(str(name).lower() == "alllogs" for name in names):
        names = list(_ALL)
    return Known(names, where.resource, where.path) if where else Absent(view.resource, view.base)


def _sent(view: View) -> states.Reading:
    covered = _covers(view)
    if not isinstance(covered, Known):
        return covered
    if any(not isinstance(each, (Unresolved, Reference)) for each in covered.value):
        return Known(True, covered.resource, covered.path)
    return states.state(covered.value[0], covered.resource, covered.path)


def _central(view: View) -> Known | Unknown:
    """Return whether it goes where alarms can watch it: to a workspace, an event hub or a partner."""
    unclear: Unknown | None = None
    for word in ("workspace", "event_hub", "partner"):
        reading = view.word(word)
        match reading:
            case Known() | Pointer():
                return Known(True, reading.resource, reading.path)
            case Unknown():
                unclear = unclear or reading
            case Absent():
                pass
    return unclear or Known(False, view.resource, ())


def _kept(view: View) -> states.Reading | Default:
    """Return for how long the workspace keeps what it is sent; a storage account keeps it until somebody deletes it."""
    for workspace in view.leads_to("workspace"):
        days = workspace.spelled(TABLE).word("retention_days")
        return Default(30, _RETENTION, workspace.resource) if isinstance(days, Absent) else days
    target, storage = view.word("workspace"), view.word("storage")
    if not isinstance(target, Absent):
        return target
    if isinstance(storage, (Known, Pointer)):
        return Known(36_500, view.resource, storage.path)
    return storage


TRAIL: Facts = {
    "covers": Fact(joins=_covers, of=("logs", "older_logs"), default=Documented([], _ACTIVITY)),
    "scope": always("subscription", _ACTIVITY),
    "audit.enabled": Fact(joins=_sent, of=("logs", "older_logs"), default=Documented(False, _ACTIVITY)),
    "audit.events": always(["admin"], _ACTIVITY),
    "logs.retention_days": Fact(joins=_kept, of=("workspace", "storage"), default=Documented(90, _ACTIVITY)),
    "logs.central": Fact(joins=_central, of=("workspace", "event_hub", "partner")),
    "multi_region": always(True, _ACTIVITY),
    "validated": inapplicable("nobody can change the activity log"),
    "encryption.customer_managed_key": inapplicable("the store that it is sent to is judged"),
    "tags": inapplicable("a diagnostic setting has no tags"),
}


def is_of_subscription(view: View) -> bool:
    """Whether it is about a subscription; where its target is not known, its categories tell."""
    target = raw(view, "target")
    scope = scope_of(target, view.inventory)
    if scope is not None or not isinstance(target, Unresolved):
        return scope == "subscription"
    return bool(_OWN & {str(_value(entry.word("category"))) for entry in entries(view)})


def assets(view: View) -> Iterator[Asset]:
    """Yield the `log_store` of a workspace, or the `audit_trail` of a diagnostic setting of a subscription."""
    if view.resource.type in _WORKSPACES:
        yield asset("log_store", view, STORE, named(view, "microsoft.operationalinsights/workspaces"))
        return
    setting = view.spelled(SETTING)
    if is_of_subscription(setting):
        name = raw(setting, "name")
        unknown = Unresolved("its subscription is not known in code", "scan the live subscription")
        yield asset("audit_trail", setting, TRAIL, unknown, name if isinstance(name, str) else "")
