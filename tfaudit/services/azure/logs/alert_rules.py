"""Alert rules of Azure Monitor, as `alert_rule` assets: whom they reach by the action groups that they name.

Rules on metrics, on queries over logs and on the activity log name their groups each in another shape. A group reaches
nobody while it is switched off or has no receiver; one that is declared elsewhere may have some.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import ABSENT, Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import RESOURCE, id_text, named
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_monitor_activity_log_alert",
    "azurerm_monitor_metric_alert",
    "azurerm_monitor_scheduled_query_rules_alert_v2",
    "microsoft.insights/activitylogalerts",
    "microsoft.insights/metricalerts",
    "microsoft.insights/scheduledqueryrules",
)
KINDS = ("alert_rule",)
ARM_TYPES = (
    "Microsoft.Insights/activityLogAlerts",
    "Microsoft.Insights/metricAlerts",
    "Microsoft.Insights/scheduledQueryRules",
    "Microsoft.Insights/actionGroups",
)
GROUPS = ("azurerm_monitor_action_group", "microsoft.insights/actiongroups")

_TYPES = {
    "azurerm_monitor_activity_log_alert": "microsoft.insights/activitylogalerts",
    "azurerm_monitor_metric_alert": "microsoft.insights/metricalerts",
    "azurerm_monitor_scheduled_query_rules_alert_v2": "microsoft.insights/scheduledqueryrules",
}
_RULES = "learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview"
_ACTIONS = "learn.microsoft.com/azure/azure-monitor/alerts/action-groups"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a rule, then its path in Terraform and in ARM
    "enabled": azure("enabled", "properties.enabled"),
    "actions": azure("action", "properties.actions"),
}
GROUP: Spelling = {
    # word of an action group, then its path in Terraform and in ARM
    "on": azure("enabled", "properties.enabled"),
    "email": azure("email_receiver", "properties.emailReceivers"),
    "sms": azure("sms_receiver", "properties.smsReceivers"),
    "voice": azure("voice_receiver", "properties.voiceReceivers"),
    "push": azure("azure_app_push_receiver", "properties.azureAppPushReceivers"),
    "webhook": azure("webhook_receiver", "properties.webhookReceivers"),
    "itsm": azure("itsm_receiver", "properties.itsmReceivers"),
    "role": azure("arm_role_receiver", "properties.armRoleReceivers"),
    "runbook": azure("automation_runbook_receiver", "properties.automationRunbookReceivers"),
    "function": azure("azure_function_receiver", "properties.azureFunctionReceivers"),
    "logic_app": azure("logic_app_receiver", "properties.logicAppReceivers"),
    "event_hub": azure("event_hub_receiver", "properties.eventHubReceivers"),
}
IDENTITY = tuple(RESOURCE)
_SETTLE = "scan where the action group is declared, or the live subscription"


def _named(value: Any) -> Iterator[Any]:
    """Yield the ids of action groups that stand anywhere in the actions of a rule, as they stand."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name.lower().replace("_", "") in ("actiongroupid", "actiongroups"):
                yield from _ids(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
    elif isinstance(value, (Unresolved, Reference)):
        yield value


def _ids(value: Any) -> Iterator[Any]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield from _named(each)
        elif each not in (None, ""):
            yield each


def _by_id(inventory: Inventory) -> dict[str, View]:
    views = [View(each, inventory, table=GROUP) for each in inventory.of_type(*GROUPS)]
    return {id_text(each): each for each in views if id_text(each)}


def _group(value: Any, view: View) -> View | Unresolved:
    """Return the action group that an id is of, or why it is not known."""
    if isinstance(value, Unresolved):
        return value
    if isinstance(value, Reference):
        for each in view.inventory.at(value.address):
            if each.type in GROUPS:
                return View(each, view.inventory, table=GROUP)
    elif (found := view.inventory.derived(_by_id).get(str(value).lower())) is not None:
        return found
    return Unresolved(f"the action group {value} is declared elsewhere", _SETTLE)


def _some(value: Any) -> bool:
    """Whether there surely is a receiver: what is not known may turn out as none."""
    return any(isinstance(each, dict) for each in (value if isinstance(value, list) else [value]))


def _whole(reading: states.Reading) -> states.Reading:
    """Return why it is not known whether a list holds a receiver; any other reading as it is."""
    if isinstance(reading, Known) and isinstance(reading.value, list) and not _some(reading.value):
        for each in reading.value:
            if isinstance(each, Unresolved):
                return Unknown(each.because, each.settle_with, reading.resource, reading.path)
    return reading


def _of_group(group: View) -> list[str] | Unknown:
    """Return the kinds of receivers that a group has; none where it is switched off."""
    on = group.word("on")
    if isinstance(on, Known) and as_bool(on.value) is False:
        return []
    readings = {name: group.word(name) for name in GROUP if name != "on"}
    found = [name for name, each in readings.items() if isinstance(each, Known) and _some(each.value)]
    unsure = [each for each in (on, *map(_whole, readings.values())) if isinstance(each, Unknown)]
    return unsure[0] if unsure and (not found or unsure[0] is on) else found


def receivers(view: View) -> states.Reading:
    """Return the kinds of receivers whom a rule, read by `TABLE`, reaches."""
    reading = view.word("actions")
    if isinstance(reading, Absent):
        return reading
    stated = view.stated("actions").value
    found: list[str] = []
    unsure: Unknown | None = None
    for each in _named(None if stated is ABSENT else stated):
        group = _group(each, view)
        if isinstance(group, Unresolved):
            unsure = Unknown(group.because, group.settle_with, view.resource, reading.path)
            continue
        kinds = _of_group(group)
        if isinstance(kinds, Unknown):
            unsure = kinds
        else:
            found += kinds
    if not found and unsure is not None:
        return unsure
    return Known(list(dict.fromkeys(found)), view.resource, reading.path)


RULE: Facts = {
    "enabled": Fact("enabled", default=Documented(True, _RULES)),
    "receivers": Fact(joins=receivers, of=("actions",), default=Documented([], _ACTIONS), beside=GROUPS),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `alert_rule` that the resource declares."""
    yield asset("alert_rule", view, RULE, named(view, _TYPES.get(view.resource.type, view.resource.type)))
