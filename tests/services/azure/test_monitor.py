"""Workspaces and the activity log of a subscription."""

from __future__ import annotations

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, told

TRAIL = """
variable "choice" {}
data "azurerm_subscription" "current" {}
resource "azurerm_log_analytics_workspace" "audit" {
  name                = "audit"
  resource_group_name = "rg-logs"
  %s
}
resource "azurerm_monitor_diagnostic_setting" "activity" {
  name               = "activity"
  target_resource_id = %s
  %s
  enabled_log {
    category = "Administrative"
  }
  enabled_log {
    category = "Security"
  }
}
"""
_ADDRESS = "azurerm_monitor_diagnostic_setting.activity"
_CURRENT = "data.azurerm_subscription.current.id"
_TO_WORKSPACE = "log_analytics_workspace_id = azurerm_log_analytics_workspace.audit.id"


@pytest.mark.parametrize(
    ("workspace", "days"),
    [("", 30), ("retention_in_days = 365", 365), ("retention_in_days = var.choice", UNKNOWN)],
)
def test_a_trail_is_kept_as_long_as_its_workspace_keeps_it(workspace: str, days: object) -> None:
    assets = declared(TRAIL % (workspace, _CURRENT, _TO_WORKSPACE))
    assert told(assets["azurerm_log_analytics_workspace.audit"], "logs.retention_days") == days
    assert told(assets[_ADDRESS], "logs.retention_days") == days


def test_what_a_trail_covers_and_where_it_goes() -> None:
    trail = declared(TRAIL % ("", _CURRENT, _TO_WORKSPACE))[_ADDRESS]
    expected = {
        "covers": ["Administrative", "Security"],
        "audit.enabled": True,
        "scope": "subscription",
        "logs.central": True,
        "multi_region": True,
    }
    assert told(trail, *expected) == expected


def test_a_storage_account_keeps_it_and_nobody_watches_it() -> None:
    trail = declared(TRAIL % ("", _CURRENT, 'storage_account_id = "/subscriptions/s/store"'))[_ADDRESS]
    assert told(trail, "logs.central") is False
    assert told(trail, "logs.retention_days") == 36_500


def test_a_setting_of_another_resource_is_no_trail() -> None:
    target = "azurerm_log_analytics_workspace.audit.id"
    assert _ADDRESS not in declared(TRAIL % ("", target, _TO_WORKSPACE))


@pytest.mark.parametrize(
    "target",
    [
        '"${azurerm_storage_account.photos.id}/blobServices/default"',
        '"${module.store.azurerm_storage_account.id}/blobServices/default"',
        "azurerm_storage_account.photos.id",
    ],
)
def test_what_a_part_of_a_resource_logs_is_no_trail_of_the_subscription(target: str) -> None:
    everything = TRAIL.replace('category = "Administrative"', 'category_group = "allLogs"')
    assert _ADDRESS not in declared(everything % ("", target, _TO_WORKSPACE))
