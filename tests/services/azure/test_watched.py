"""What watches a subscription: alerts that somebody hears of, plans of Defender, and where its log is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, from_bicep, values
from tests.services.azure.declared import declared, pinned, together, told

_DEEDS = [
    f"{each}/{verb}"
    for each in (
        "Microsoft.Authorization/policyAssignments",
        "Microsoft.Network/networkSecurityGroups",
        "Microsoft.Network/publicIPAddresses",
        "Microsoft.Security/securitySolutions",
        "Microsoft.Sql/servers/firewallRules",
    )
    for verb in ("write", "delete")
]
_CONTACT = """
resource "azurerm_security_center_contact" "c" {
  email               = "a@example.org"
  alert_notifications = true
  alerts_to_admins    = true
}
"""
_BASE = pinned("~> 4.0") + 'variable "x" {}\ndata "azurerm_subscription" "s" {}\n' + _CONTACT
_MAIL = 'email_receiver {\n name = "t"\n email_address = "t@example.org"\n }'
_NAMED = "action {\n action_group_id = azurerm_monitor_action_group.g.id\n }"
_EVERY = 'category = "Administrative"'
_OWN = ("Microsoft.Authorization/policyAssignments", "Microsoft.Authorization")


def group(receiver: str = _MAIL, more: str = "") -> str:
    return f"""
resource "azurerm_monitor_action_group" "g" {{
  name                = "g"
  resource_group_name = "rg"
  short_name          = "g"
  {more}
  {receiver}
}}
"""


def alert(
    criteria: str = _EVERY,
    scopes: str = "[data.azurerm_subscription.s.id]",
    action: str = _NAMED,
    more: str = "",
) -> str:
    return f"""
resource "azurerm_monitor_activity_log_alert" "a" {{
  name                = "a"
  resource_group_name = "rg"
  scopes              = {scopes}
  {more}
  criteria {{
    {criteria}
  }}
  {action}
}}
"""


def of_each(more: str = "") -> str:
    listed = "[" + ", ".join(f'"{each}"' for each in _DEEDS) + "]"
    return alert(
        f"{_EVERY}\n operation_name = each.value\n {more}", more=f"for_each = toset({listed})"
    ).replace('name                = "a"', "name = each.value")


_TYPE = 'join("/", slice(split("/", each.value), 0, length(split("/", each.value)) - 1))'
_ALERTS: dict[str, tuple[str, Any]] = {
    # In code other alerts may stand elsewhere: what is not heard of here is not known.
    "of all that is done": (group() + alert(), []),
    "in small letters": (group() + alert('category = "administrative"'), []),
    "of each deed": (group() + of_each(), []),
    "of each deed, by its own type": (group() + of_each(f"resource_type = {_TYPE}"), []),
    "of each deed, by its own type among others": (
        group() + of_each(f'resource_types = ["Microsoft.Web/sites", {_TYPE}]'),
        [],
    ),
    "of each deed, by its own provider": (
        group() + of_each('resource_provider = split("/", each.value)[0]'),
        [],
    ),
    "of each deed, of another type": (
        group() + of_each('resource_type = "Microsoft.Web/sites"'),
        UNKNOWN,
    ),
    "an empty list of levels": (group() + alert(_EVERY + "\n levels = []"), []),
    "of two subscriptions": (group() + alert(scopes='["/subscriptions/a", "/subscriptions/b"]'), []),
    "a group for each of a list": (
        group()
        + alert(
            action='dynamic "action" {\n for_each = [azurerm_monitor_action_group.g.id]\n'
            " content {\n action_group_id = action.value\n }\n }"
        ),
        [],
    ),
    "without a group": (group() + alert(action=""), UNKNOWN),
    "whose group has no receiver": (group("") + alert(), UNKNOWN),
    "whose group is off": (group(more="enabled = false") + alert(), UNKNOWN),
    "whose group may be off": (group(more="enabled = var.x") + alert(), UNKNOWN),
    "whose group is not known": (alert(action="action {\n action_group_id = var.x\n }"), UNKNOWN),
    "that is off": (group() + alert(more="enabled = false"), UNKNOWN),
    "that may be off": (group() + alert(more="enabled = var.x"), UNKNOWN),
    "of a resource group": (group() + alert(scopes='["/subscriptions/a/resourceGroups/g"]'), UNKNOWN),
    "of what is not known": (group() + alert(scopes="[var.x]"), UNKNOWN),
    "of one level": (group() + alert(_EVERY + '\n level = "Error"'), UNKNOWN),
    "of one caller": (group() + alert(_EVERY + '\n caller = "a@example.org"'), UNKNOWN),
    "of what failed": (group() + alert(_EVERY + '\n status = "Failed"'), UNKNOWN),
    "of another category": (group() + alert('category = "Policy"'), UNKNOWN),
    "of a category that is not known": (group() + alert("category = var.x"), UNKNOWN),
}
together(_BASE + text for text, _ in _ALERTS.values())


@pytest.mark.parametrize("name", _ALERTS)
def test_of_which_deeds_somebody_hears(name: str) -> None:
    text, expected = _ALERTS[name]
    [account] = [each for each in declared(_BASE + text).values() if each.kind == "account"]
    assert told(account, "alerts.missing") == expected


_GROUP_OF_BICEP = """
resource g 'Microsoft.Insights/actionGroups@2023-01-01' = {{
  name: 'g'
  location: 'global'
  properties: {{
    groupShortName: 'g'
    enabled: {on}
    emailReceivers: [{receivers}]
  }}
}}
"""
_CONTACT_OF_BICEP = """
resource c 'Microsoft.Security/securityContacts@2020-01-01-preview' = {
  name: 'default'
  properties: {emails: 'a@example.org'}
}
"""
_EVERY_OF_BICEP = "{field: 'category', equals: 'Administrative'}"
_LISTED = ", ".join(f"'{each}'" for each in _DEEDS)
_EACH_OF_BICEP = ", ".join(f"{{field: 'operationName', equals: '{each}'}}" for each in _DEEDS)


def in_bicep(
    conditions: str = _EVERY_OF_BICEP,
    on: str = "true",
    receivers: str = "{name: 't', emailAddress: 't@example.org'}",
    groups: str = "{actionGroupId: g.id}",
    scope: str = "subscription().id",
    more: str = "",
) -> str:
    return (
        _GROUP_OF_BICEP.format(on=on, receivers=receivers)
        + f"""
resource a 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {{
  name: 'a'
  location: 'global'
  properties: {{
    scopes: [{scope}]
    condition: {{allOf: [{conditions}]}}
    actions: {{actionGroups: [{groups}]}}
    {more}
  }}
}}
"""
        + _CONTACT_OF_BICEP
    )


_ALERTS_OF_BICEP: dict[str, tuple[str, Any]] = {
    "of all that is done": (in_bicep(), []),
    "of a list": (
        in_bicep(f"{_EVERY_OF_BICEP}, {{field: 'operationName', containsAny: [{_LISTED}]}}"),
        [],
    ),
    "of one of several": (in_bicep(f"{_EVERY_OF_BICEP}, {{anyOf: [{_EACH_OF_BICEP}]}}"), []),
    "of one of two categories": (
        in_bicep(f"{{anyOf: [{_EVERY_OF_BICEP}, {{field: 'category', equals: 'Policy'}}]}}"),
        [],
    ),
    "of one of several, of two fields": (
        in_bicep(f"{_EVERY_OF_BICEP}, {{anyOf: [{{field: 'level', equals: 'Error'}}, {_EACH_OF_BICEP}]}}"),
        [],
    ),
    "of a level or a caller": (
        in_bicep(
            f"{_EVERY_OF_BICEP}, "
            "{anyOf: [{field: 'level', equals: 'Error'}, {field: 'caller', equals: 'x@example.org'}]}"
        ),
        UNKNOWN,
    ),
    "of an operation or another category": (
        in_bicep(f"{{anyOf: [{_EACH_OF_BICEP}, {{field: 'category', equals: 'Policy'}}]}}"),
        [],
    ),
    "of a choice that is not known": (
        "param x string\n"
        + in_bicep(f"{_EVERY_OF_BICEP}, {{anyOf: [{{field: 'operationName', equals: x}}]}}"),
        UNKNOWN,
    ),
    "of one level": (in_bicep(f"{_EVERY_OF_BICEP}, {{field: 'level', equals: 'Error'}}"), UNKNOWN),
    "whose group is off": (in_bicep(on="false"), UNKNOWN),
    "whose group has no receiver": (in_bicep(receivers=""), UNKNOWN),
    "without a group": (in_bicep(groups=""), UNKNOWN),
    "whose group is not known": ("param x string\n" + in_bicep(groups="{actionGroupId: x}"), UNKNOWN),
    "that is off": (in_bicep(more="enabled: false"), UNKNOWN),
    "of a resource group": (in_bicep(scope="resourceGroup().id"), UNKNOWN),
}


@pytest.mark.parametrize("name", _ALERTS_OF_BICEP)
def test_of_which_deeds_somebody_hears_in_bicep(name: str) -> None:
    text, expected = _ALERTS_OF_BICEP[name]
    [account] = [each for each in from_bicep(text) if each.kind == "account"]
    assert told(account, "alerts.missing") == expected


_PLANS = [
    "VirtualMachines",
    "SqlServers",
    "AppServices",
    "StorageAccounts",
    "SqlServerVirtualMachines",
    "Containers",
    "KeyVaults",
    "Arm",
    "OpenSourceRelationalDatabases",
    "CosmosDbs",
]
_MACHINE = "resource vm 'Microsoft.Compute/virtualMachines@2024-03-01' existing = {name: 'vm'}\n"


def plan(name: str, tier: str = "'Standard'", symbol: str = "", more: str = "", also: str = "") -> str:
    return f"""
resource p{symbol or name} 'Microsoft.Security/pricings@2024-01-01' = {{
  name: '{name}'
  {more}
  properties: {{
    pricingTier: {tier}
    {also}
  }}
}}
"""


def plans(*without: str, also: str = "") -> str:
    return "".join(plan(each, also=also) for each in _PLANS if each not in without)


_OF_ONE = plan("VirtualMachines", "'Free'", symbol="One", more="scope: vm")
_ON_ONE = plan("VirtualMachines", symbol="One", more="scope: vm")
_OFF: dict[str, tuple[str, Any]] = {
    "all are on": (plans(), []),
    "with a narrower form of one": (plans(also="subPlan: 'P1'"), []),
    "one is off": (plans("Arm") + plan("Arm", "'Free'"), ["Arm"]),
    "one comes from outside": ("param x string\n" + plans("Arm") + plan("Arm", "x"), UNKNOWN),
    "one is not stated": (plans("Arm"), UNKNOWN),
    "one that is replaced is off": (plans() + plan("Dns", "'Free'"), ["Dns"]),
    "one machine is left out": (_MACHINE + plans() + _OF_ONE, []),
    "one machine alone is watched": (_MACHINE + plans("VirtualMachines") + _ON_ONE, UNKNOWN),
    "one machine alone is watched, and the rest is not": (
        _MACHINE + plans("VirtualMachines") + plan("VirtualMachines", "'Free'") + _ON_ONE,
        ["VirtualMachines"],
    ),
}


@pytest.mark.parametrize("name", _OFF)
def test_which_plans_of_defender_are_off(name: str) -> None:
    text, expected = _OFF[name]
    [account] = [each for each in from_bicep(text) if each.kind == "account"]
    assert told(account, "threat_detection.off") == expected


def test_a_plan_of_one_machine_says_nothing_of_a_subscription() -> None:
    assert [each.kind for each in from_bicep(_MACHINE + _OF_ONE)] == []


def test_a_plan_of_one_resource_watches_no_other_database() -> None:
    text = """
resource one 'Microsoft.Sql/servers@2023-08-01' = {name: 'one', location: 'x', properties: {}}
resource two 'Microsoft.Sql/servers@2023-08-01' existing = {name: 'two'}
""" + plan("SqlServers", more="scope: two")
    [server] = [each for each in from_bicep(text) if each.kind == "database"]
    assert values(server, ["threat_detection"]) == {"threat_detection": False}


def log(category: str, on: str = "true", key: str = "category") -> str:
    return f"{{{key}: '{category}', enabled: {on}}}"


def sent(*logs: str) -> str:
    return (
        "targetScope = 'subscription'\n"
        + plan("Arm")
        + f"""
resource d 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {{
  name: 'd'
  properties: {{
    workspaceId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w'
    logs: [{", ".join(logs)}]
  }}
}}
"""
    )


_EXPORTED: dict[str, tuple[str, Any]] = {
    "what is done": (sent(log("Administrative")), True),
    "all": (sent(log("allLogs", key="categoryGroup")), True),
    "what is done, and what is not known": (
        "param x bool\n" + sent(log("Policy", "x"), log("Administrative")),
        True,
    ),
    "what is done, but switched off": (sent(log("Administrative", "false")), UNKNOWN),
    "what is done, perhaps": ("param x bool\n" + sent(log("Administrative", "x")), UNKNOWN),
    "how services are": (sent(log("ServiceHealth")), UNKNOWN),
    "nothing": (sent(), UNKNOWN),
}


@pytest.mark.parametrize("name", _EXPORTED)
def test_whether_what_is_done_to_a_subscription_is_sent(name: str) -> None:
    text, expected = _EXPORTED[name]
    [account] = [each for each in from_bicep(text) if each.kind == "account"]
    assert told(account, "audit.exported") == expected
