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
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_log_analytics_workspace", "azurerm_monitor_diagnostic_setting")
KINDS = ("log_store", "audit_trail")

_RETENTION = "learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure"
_ENCRYPTION = "learn.microsoft.com/azure/azure-monitor/logs/customer-managed-keys"
_ACTIVITY = "learn.microsoft.com/azure/azure-monitor/platform/activity-log"
_SENT_TO = {
    "log_analytics_workspace_id": "log_analytics",
    "storage_account_id": "storage",
    "eventhub_authorization_rule_id": "event_hub",
    "partner_solution_id": "partner",
}

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

STORE = {
    "logs.enabled": Fact(always=Documented(True, _RETENTION)),
    "logs.retention_days": Fact(terraform="retention_in_days", default=Documented(30, _RETENTION)),
    "audit.retention_days": Fact(terraform="retention_in_days", default=Documented(30, _RETENTION)),
    "encryption.at_rest": Fact(always=Documented(True, _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(
        not_applicable="a key of the customer's belongs to a dedicated cluster"
    ),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def _covers(view: View) -> Any:
    names: list[Any] = []
    where: Reading | None = None
    for entry in (*view.each("enabled_log"), *view.each("log")):
        category, enabled = entry.first("category", "category_group"), entry.read("enabled").value
        if enabled is False:
            continue
        names.append(enabled if isinstance(enabled, (Unresolved, Reference)) else category.value)
        where = where or category
    if any(str(name).lower() == "alllogs" for name in names):
        names = list(_ALL)
    return Known(names, where.resource, where.path) if where else ABSENT


def _sent(view: View) -> Any:
    covered = _covers(view)
    if not isinstance(covered, Known):
        return covered
    told = [each for each in covered.value if not isinstance(each, (Unresolved, Reference))]
    value = True if told else covered.value[0]
    return (
        Known(True, covered.resource, covered.path)
        if told
        else Reading(value, covered.resource, covered.path)
    )


def _receivers(view: View) -> Any:
    read = {word: view.read(path).value for path, word in _SENT_TO.items()}
    found = [value if isinstance(value, Unresolved) else word for word, value in read.items() if value]
    return Known(found, view.resource, ())


def _central(view: View) -> Any:
    """Return whether it goes where alarms can watch it: to a workspace, an event hub or a partner."""
    unclear: Reading | None = None
    for path, word in _SENT_TO.items():
        reading = view.read(path)
        if word == "storage" or reading.absent:
            continue
        if not isinstance(reading.value, Unresolved):
            return Known(True, reading.resource, reading.path)
        unclear = unclear or reading
    return unclear or Known(False, view.resource, ())


def _kept(view: View) -> Any:
    """Return for how long the workspace keeps what it is sent; a storage account keeps it until somebody deletes it."""
    for workspace in view.targets("log_analytics_workspace_id"):
        days = workspace.read("retention_in_days")
        return Default(30, _RETENTION, workspace.resource) if days.absent else days
    target = view.read("log_analytics_workspace_id")
    if not target.absent:
        return target
    return (
        ABSENT
        if view.read("storage_account_id").absent
        else Known(36_500, view.resource, ("storage_account_id",))
    )


TRAIL = {
    "covers": Fact(terraform=_covers, default=Documented([], _ACTIVITY)),
    "scope": Fact(always=Documented("subscription", _ACTIVITY)),
    "audit.enabled": Fact(terraform=_sent, default=Documented(False, _ACTIVITY)),
    "audit.events": Fact(always=Documented(["admin"], _ACTIVITY)),
    "audit.retention_days": Fact(terraform=_kept, default=Documented(90, _ACTIVITY)),
    "logs.enabled": Fact(always=Documented(True, _ACTIVITY)),
    "logs.retention_days": Fact(terraform=_kept, default=Documented(90, _ACTIVITY)),
    "logs.central": Fact(terraform=_central),
    "receivers": Fact(terraform=_receivers),
    "multi_region": Fact(always=Documented(True, _ACTIVITY)),
    "validated": Fact(not_applicable="nobody can change the activity log"),
    "audit.tamper_proof": Fact(not_applicable="the store that it is sent to is judged"),
    "encryption.at_rest": Fact(not_applicable="the store that it is sent to is judged"),
    "encryption.customer_managed_key": Fact(not_applicable="the store that it is sent to is judged"),
    "deletion_protection": Fact(not_applicable="the store that it is sent to is judged"),
    "tags": Fact(not_applicable="a diagnostic setting has no tags"),
}


def _of_subscription(view: View) -> bool:
    """Whether it is about a subscription; where its target is not known, its categories tell."""
    target = view.read("target_resource_id").value
    scope = scope_of(target)
    if scope is not None or not isinstance(target, Unresolved):
        return scope == "subscription"
    entries = (*view.each("enabled_log"), *view.each("log"))
    return bool(_OWN & {str(entry.read("category").value) for entry in entries})


def assets(view: View) -> Iterator[Asset]:
    """Yield the `log_store` of a workspace, or the `audit_trail` of a diagnostic setting of a subscription."""
    if view.resource.type == "azurerm_log_analytics_workspace":
        yield asset("log_store", view, STORE, named(view, "microsoft.operationalinsights/workspaces"))
    elif _of_subscription(view):
        name = view.read("name").value
        unknown = Unresolved("its subscription is not known in code", "scan the live subscription")
        yield asset("audit_trail", view, TRAIL, unknown, name if isinstance(name, str) else "")
