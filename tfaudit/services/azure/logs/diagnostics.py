"""Diagnostic settings, joined to the resource whose logs they send.

Azure keeps no resource logs unless a diagnostic setting sends them somewhere: none declared means none kept.
Provider 3.x spells a log `log` with `enabled`, from 3.39 on `enabled_log`; a category group (`audit`, `allLogs`)
stands for many.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from tfaudit.model.resources import Path, Resource
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import IDENTITY
from tfaudit.services.azure.pointers import pointing_at

ARM_TYPES = ("Microsoft.Insights/diagnosticSettings",)

NOT_SENT = "learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings"
"""Says that resource logs are not collected until a diagnostic setting sends them somewhere."""

TYPES = ("azurerm_monitor_diagnostic_setting", "microsoft.insights/diagnosticsettings")
LOG: Spelling = {
    "enabled": azure(NOTHING, "enabled"),
    "category": azure("category", "category"),
    "category_group": azure("category_group", "categoryGroup"),
}
OLDER_LOG: Spelling = {**LOG, "enabled": azure("enabled", NOTHING)}
SETTING: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "target": azure("target_resource_id", "scope"),
    "logs": azure("enabled_log", "properties.logs", rows=LOG),
    "older_logs": azure("log", NOTHING, rows=OLDER_LOG),
    "workspace": azure("log_analytics_workspace_id", "properties.workspaceId"),
    "storage": azure("storage_account_id", "properties.storageAccountId"),
    "event_hub": azure("eventhub_authorization_rule_id", "properties.eventHubAuthorizationRuleId"),
    "partner": azure("partner_solution_id", "properties.marketplacePartnerId"),
}
_ALL, _AUDIT = "alllogs", "audit"
_IN_AUDIT = {
    # a category, in small letters, then what says that the group `audit` holds it
    "auditevent": "azure.github.io/PSRule.Rules.Azure/en/rules/Azure.KeyVault.Logs",
    "kube-audit": "learn.microsoft.com/azure/aks/monitor-aks",
    "kube-audit-admin": "learn.microsoft.com/azure/aks/monitor-aks",
    "guard": "learn.microsoft.com/azure/aks/monitor-aks",
    # The types have the group, as the definitions that Azure Policy deploys with it list them: it holds what their
    # audit is called, or the one category that there is.
    **dict.fromkeys(
        ("mysqlauditlogs", "sqlsecurityauditevents", "connectionevents", "vcoremongorequests"),
        "learn.microsoft.com/azure/azure-monitor/platform/diagnostics-settings-policies-deployifnotexists",
    ),
}
"""Of other categories it is documented nowhere whether `audit` holds them; `allLogs` holds all."""
_SETTLE = "scan the plan or the live subscription"


class Sent(Struct):
    """The log categories that diagnostic settings send, where each is said, and what is not known."""

    categories: dict[str, tuple[Resource, Path]] = field(default_factory=dict)
    unsure: Unknown | None = None

    def first(self, wanted: frozenset[str]) -> tuple[Resource, Path] | None:
        """Return where the first of `wanted`, or a group that is known to hold it, is sent."""
        groups = (_ALL,) if wanted.isdisjoint(_IN_AUDIT) else (_AUDIT, _ALL)
        for name in (*groups, *sorted(wanted)):
            if name in self.categories:
                return self.categories[name]
        return None

    def perhaps(self, wanted: frozenset[str]) -> Unknown | None:
        """Return why one of `wanted`, which `first` does not find, may be sent all the same; None for no reason."""
        if self.unsure is None and _AUDIT in self.categories:
            because = f"whether the group audit holds {' or '.join(sorted(wanted))} is not documented"
            settle = "send the category by its name, or allLogs"
            return Unknown(because, settle, *self.categories[_AUDIT])
        return self.unsure


def sent(view: View, arm_type: str = "") -> Sent:
    """Return what the diagnostic settings of the resource that `view` shows send.

    `arm_type` lets a setting name the resource by its literal ARM id.
    """
    settings = pointing_at(view, TYPES, arm_type, SETTING, "target")
    found = Sent(unsure=settings.more if isinstance(settings, Some) else None)
    for setting in settings.views:
        collect(setting, found)
    return found


def entries(setting: View) -> list[View]:
    """Return the logs that a diagnostic setting lists, those of older providers last."""
    return [*elements(setting, "logs"), *elements(setting, "older_logs")]


def collect(setting: View, found: Sent) -> None:
    """Add what a diagnostic setting sends: Azure takes none that says nowhere where to."""
    for entry in entries(setting):
        match entry.word("enabled"):
            case Unknown() as unknown:
                found.unsure = unknown
                continue
            case Pointer() as pointer:
                found.unsure = pointer.unknown
                continue
            case Known(value=value) if as_bool(value) is False:
                continue
            case Known() | Absent():
                pass
        group, category = entry.word("category_group"), entry.word("category")
        named = category if isinstance(group, Absent) else group
        match named:
            case Known(value=value):
                found.categories.setdefault(str(value).lower(), (setting.resource, named.path))
            case Unknown() | Pointer():
                because = f"a log category of {setting.resource.address} is not known"
                found.unsure = Unknown(because, _SETTLE, setting.resource, named.path)
            case Absent():
                pass


def sends(*categories: str, arm_type: str = "") -> Callable[[View], states.Reading]:
    """Return what joins: whether one of `categories`, or a group that holds it, is sent; none named: any at all."""
    wanted = frozenset(name.lower() for name in categories)

    def joins(view: View) -> states.Reading:
        found = sent(view, arm_type)
        where = found.first(wanted or frozenset(found.categories))
        if where is not None:
            return Known(True, *where)
        if (doubt := found.perhaps(wanted)) is not None:
            return doubt
        if found.categories:
            resource, path = next(iter(found.categories.values()))
            return Known(False, resource, path)
        return Absent(view.resource, view.base)

    return joins


def logged(*categories: str, arm_type: str = "") -> Fact:
    """Return a fact: whether one of `categories` is sent somewhere by a diagnostic setting."""
    joins = sends(*categories, arm_type=arm_type)
    return Fact(joins=joins, of=IDENTITY, default=Documented(False, NOT_SENT), beside=TYPES)
