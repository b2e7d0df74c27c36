"""What a diagnostic setting and a backup item really cover: by what they name, list and say of themselves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, pinned, together, told

_BASE = pinned("~> 4.0") + 'variable "x" {}\n'
_VAULT = """
resource "azurerm_key_vault" "k" {
  name                = "kv1"
  resource_group_name = "rg"
}
"""
_OTHER = _VAULT.replace('"k"', '"o"').replace("kv1", "kv2")
_ID = "azurerm_key_vault.k.id"
_LISTED = 'enabled_log {\n category = "AuditEvent"\n }'


_WORKSPACE = "log_analytics_workspace_id = var.x"


def setting(target: str = _ID, logs: str = _LISTED, head: str = "", to: str = _WORKSPACE) -> str:
    return f"""
resource "azurerm_monitor_diagnostic_setting" "d" {{
  {head}
  name                       = "d"
  target_resource_id         = {target}
  {to}
  {logs}
}}
"""


def listed(values: str) -> str:
    return f"""dynamic "enabled_log" {{
    for_each = {values}
    content {{
      category = enabled_log.value
    }}
  }}"""


_LOOKED_UP = """
data "azurerm_key_vault" "z" {
  name                = "%s"
  resource_group_name = "rg"
}
"""
_CATEGORIES = """
data "azurerm_monitor_diagnostic_categories" "c" {
  resource_id = azurerm_key_vault.k.id
}
"""
_SENT: dict[str, tuple[str, Any]] = {
    "no setting": ("", False),
    "its category": (setting(), True),
    "its category, to an event hub": (setting(to="eventhub_authorization_rule_id = var.x"), True),
    "the group of audits": (setting(logs='enabled_log {\n category_group = "audit"\n }'), True),
    "the group of all": (setting(logs='enabled_log {\n category_group = "allLogs"\n }'), True),
    "another category": (
        setting(logs='enabled_log {\n category = "AzurePolicyEvaluationDetails"\n }'),
        False,
    ),
    "metrics alone": (setting(logs='metric {\n category = "AllMetrics"\n }'), False),
    "a category that is not known": (setting(logs="enabled_log {\n category = var.x\n }"), UNKNOWN),
    "a list that is not known": (setting(logs=listed("var.x")), UNKNOWN),
    "a list": (setting(logs=listed('toset(["AuditEvent"])')), True),
    "a list of another": (setting(logs=listed('toset(["Other"])')), False),
    "what Azure lists": (
        _CATEGORIES + setting(logs=listed("data.azurerm_monitor_diagnostic_categories.c.log_category_types")),
        UNKNOWN,
    ),
    "an older list": (setting(logs='log {\n category = "AuditEvent"\n }'), True),
    "an older list, switched off": (
        setting(logs='log {\n category = "AuditEvent"\n enabled = false\n }'),
        False,
    ),
    "of what is not known": (setting("var.x"), UNKNOWN),
    "of another vault": (_OTHER + setting("azurerm_key_vault.o.id"), False),
    "of one that is looked up by its name": (
        _LOOKED_UP % "kv1" + setting("data.azurerm_key_vault.z.id"),
        UNKNOWN,
    ),
    "of one that is looked up by another name": (
        _LOOKED_UP % "kv9" + setting("data.azurerm_key_vault.z.id"),
        False,
    ),
    "that may not be there": (setting(head="count = var.x ? 1 : 0"), UNKNOWN),
    "one of a map": (setting("each.value", head="for_each = { a = azurerm_key_vault.k.id }"), True),
    "one of a list": (
        "locals {\n ids = [azurerm_key_vault.k.id]\n}\n"
        + setting("local.ids[count.index]", head="count = length(local.ids)"),
        True,
    ),
}
together(_BASE + _VAULT + text for text, _ in _SENT.values())


@pytest.mark.parametrize("name", _SENT)
def test_what_a_diagnostic_setting_covers(name: str) -> None:
    text, expected = _SENT[name]
    assert told(declared(_BASE + _VAULT + text)["azurerm_key_vault.k"], "audit.enabled") == expected


_MACHINE = """
resource "azurerm_linux_virtual_machine" "m" {
  name                = "m"
  resource_group_name = "rg"
}
"""


def item(source: str = "azurerm_linux_virtual_machine.m.id", more: str = "backup_policy_id = var.x") -> str:
    return f"""
resource "azurerm_backup_protected_vm" "b" {{
  resource_group_name = "rg"
  recovery_vault_name = "v"
  source_vm_id        = {source}
  {more}
}}
"""


_BY_ID = '"/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/%s"'
_KEPT: dict[str, tuple[str, Any]] = {
    "no item": ("", False),
    "an item": (item(), True),
    "by its id": (item(_BY_ID % "m"), True),
    "of another machine": (item(_BY_ID % "o"), False),
    "of what is not known": (item("var.x"), UNKNOWN),
    "that may not be there": (item(more="count = var.x ? 1 : 0"), UNKNOWN),
    "in a state that is not known": (item(more="protection_state = var.x"), UNKNOWN),
    **{
        f"in the state {state}": (item(more=f'protection_state = "{state}"'), kept)
        for state, kept in (
            ("Protected", True),
            ("ProtectionStopped", False),
            ("ProtectionPaused", False),
            ("BackupsSuspended", False),
            ("ProtectionError", False),
            ("IRPending", False),
            ("Invalid", False),
        )
    },
}
together(_BASE + _MACHINE + text for text, _ in _KEPT.values())


@pytest.mark.parametrize("name", _KEPT)
def test_what_a_backup_item_covers(name: str) -> None:
    text, expected = _KEPT[name]
    found = declared(_BASE + _MACHINE + text)["azurerm_linux_virtual_machine.m"]
    assert told(found, "backup.enabled") == expected
