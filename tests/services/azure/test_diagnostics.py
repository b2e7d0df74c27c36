"""Diagnostic settings are joined to what they are about, and to nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, declared_in, together, told

VAULTS = """
variable "target" {}
variable "category" {}
resource "azurerm_key_vault" "app" {
  name     = "kv-app"
  sku_name = "standard"
}
resource "azurerm_key_vault" "other" {
  name     = "kv-other"
  sku_name = "standard"
}
resource "azurerm_monitor_diagnostic_setting" "s" {
  storage_account_id = "kept"
  name               = "s"
  target_resource_id = %s
  %s
}
"""
_APP = "azurerm_key_vault.app.id"
_EVENTS = 'enabled_log { category = "AuditEvent" }'


_SENT: list[tuple[Any, ...]] = [
    (_APP, _EVENTS, True),
    (_APP, 'enabled_log { category_group = "audit" }', True),
    (_APP, 'enabled_log { category_group = "allLogs" }', True),
    (_APP, 'enabled_log { category = "AzurePolicyEvaluationDetails" }', False),
    (_APP, 'log { category = "AuditEvent" }', True),
    (_APP, 'log {\n category = "AuditEvent"\n enabled = false\n}', False),
    (_APP, 'enabled_metric { category = "AllMetrics" }', False),
    (_APP, "enabled_log { category = var.category }", UNKNOWN),
    ("azurerm_key_vault.other.id", _EVENTS, False),
    ("var.target", _EVENTS, UNKNOWN),
    (
        '"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/KV-APP"',
        _EVENTS,
        True,
    ),
    ('"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/else"', _EVENTS, False),
]
together(VAULTS % (target, log) for target, log, _ in _SENT)


@pytest.mark.parametrize(("target", "log", "expected"), _SENT)
def test_what_a_setting_sends(target: str, log: str, expected: object) -> None:
    assert told(declared(VAULTS % (target, log))["azurerm_key_vault.app"], "audit.enabled") == expected


def test_settings_made_by_a_loop_are_joined_one_by_one() -> None:
    text = """
resource "azurerm_key_vault" "app" {
  for_each = toset(["a", "b", "c"])
  name     = "kv-${each.key}"
  sku_name = "standard"
}
resource "azurerm_monitor_diagnostic_setting" "s" {
  for_each           = toset(["a", "b"])
  storage_account_id = "kept"
  name               = "s"
  target_resource_id = azurerm_key_vault.app[each.key].id
  enabled_log {
    category = "AuditEvent"
  }
}
"""
    found = {asset.name: told(asset, "audit.enabled") for asset in declared(text).values()}
    assert found == {"kv-a": True, "kv-b": True, "kv-c": False}


MANY = """
variable "which" {}
variable "subscription" {}
resource "azurerm_key_vault" "app" {
  for_each = toset(["a", "b"])
  name     = "kv-${each.key}"
  sku_name = "standard"
}
resource "azurerm_key_vault" "other" {
  name     = "kv-other"
  sku_name = "standard"
}
resource "azurerm_monitor_diagnostic_setting" "s" {
  storage_account_id = "kept"
  name               = "s"
  target_resource_id = %s
  enabled_log {
    category = "AuditEvent"
  }
}
"""


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ('azurerm_key_vault.app["a"].id', {"kv-a": True, "kv-b": False, "kv-other": False}),
        ("azurerm_key_vault.app[var.which].id", {"kv-a": UNKNOWN, "kv-b": UNKNOWN, "kv-other": False}),
        (
            'var.which == "" ? azurerm_key_vault.app["a"].id : azurerm_key_vault.app["b"].id',
            {"kv-a": UNKNOWN, "kv-b": UNKNOWN, "kv-other": False},
        ),
        ("var.which", {"kv-a": UNKNOWN, "kv-b": UNKNOWN, "kv-other": UNKNOWN}),
        (
            '"/subscriptions/${var.subscription}/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-b"',
            {"kv-a": False, "kv-b": True, "kv-other": False},
        ),
    ],
)
def test_only_what_a_target_may_name_is_left_open(target: str, expected: dict[str, object]) -> None:
    assets = declared(MANY % target).values()
    assert {asset.name: told(asset, "audit.enabled") for asset in assets} == expected


def test_blocks_that_are_not_counted_leave_it_open() -> None:
    text = VAULTS % (
        _APP,
        'dynamic "enabled_log" {\n for_each = var.category\n content {\n category = "x"\n }\n}',
    )
    assert told(declared(text)["azurerm_key_vault.app"], "audit.enabled") == UNKNOWN


def test_settings_in_a_module_are_joined_to_what_is_passed_to_it(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "main.tf").write_text("""
variable "target" {}
resource "azurerm_monitor_diagnostic_setting" "s" {
  storage_account_id = "kept"
  name               = "s"
  target_resource_id = var.target
  enabled_log {
    category = "AuditEvent"
  }
}
""")
    (tmp_path / "main.tf").write_text("""
resource "azurerm_key_vault" "app" {
  name     = "kv-app"
  sku_name = "standard"
}
resource "azurerm_key_vault" "other" {
  name     = "kv-other"
  sku_name = "standard"
}
module "logs" {
  source = "./logs"
  target = azurerm_key_vault.app.id
}
""")
    found = {asset.name: told(asset, "audit.enabled") for asset in declared_in(tmp_path)}
    assert found == {"kv-app": True, "kv-other": False}


_BY_GROUP: dict[str, tuple[str, Any]] = {
    # a type, its setting, and whether it is sent with the group of audits
    "azurerm_postgresql_flexible_server": ("logs.enabled", UNKNOWN),
    "azurerm_mysql_flexible_server": ("logs.enabled", True),
    "azurerm_linux_web_app": ("logs.enabled", UNKNOWN),
    "azurerm_application_gateway": ("logs.enabled", UNKNOWN),
    "azurerm_firewall": ("logs.enabled", UNKNOWN),
    "azurerm_key_vault_managed_hardware_security_module": ("audit.enabled", True),
    "azurerm_search_service": ("logs.enabled", True),
}


def by_group(type_: str, group: str) -> str:
    return f"""
resource "{type_}" "a" {{
  name                = "a"
  resource_group_name = "rg"
}}
resource "azurerm_monitor_diagnostic_setting" "s" {{
  name                       = "s"
  target_resource_id         = {type_}.a.id
  log_analytics_workspace_id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/w"
  enabled_log {{
    category_group = "{group}"
  }}
}}
"""


together(by_group(type_, group) for type_ in _BY_GROUP for group in ("audit", "allLogs"))


@pytest.mark.parametrize("type_", _BY_GROUP)
def test_what_the_group_of_audits_holds_is_known_only_where_it_is_documented(type_: str) -> None:
    setting, expected = _BY_GROUP[type_]
    found = {
        group: next(
            told(each, setting)
            for each in declared(by_group(type_, group)).values()
            if each.address == f"{type_}.a"
        )
        for group in ("audit", "allLogs")
    }
    assert found == {"audit": expected, "allLogs": True}
