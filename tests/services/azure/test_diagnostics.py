"""Diagnostic settings are joined to what they are about, and to nothing else."""

from __future__ import annotations

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, told

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
  name               = "s"
  target_resource_id = %s
  %s
}
"""
_APP = "azurerm_key_vault.app.id"
_EVENTS = 'enabled_log { category = "AuditEvent" }'


@pytest.mark.parametrize(
    ("target", "log", "expected"),
    [
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
    ],
)
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
  name               = "s"
  target_resource_id = azurerm_key_vault.app[each.key].id
  enabled_log {
    category = "AuditEvent"
  }
}
"""
    found = {asset.name: told(asset, "audit.enabled") for asset in declared(text).values()}
    assert found == {"kv-a": True, "kv-b": True, "kv-c": False}
