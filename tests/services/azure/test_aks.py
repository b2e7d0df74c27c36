"""Kubernetes clusters of Azure and their node pools."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, together, told

CLUSTER = """
variable "choice" {}
resource "azurerm_kubernetes_cluster" "app" {
  name                = "app"
  resource_group_name = "rg-app"
  %s
  default_node_pool {
    name = "system"
    %s
  }
}
"""
_ADDRESS = "azurerm_kubernetes_cluster.app"


_SETTINGS: list[tuple[Any, ...]] = [
    ("api.allowed_sources", "", ["0.0.0.0/0"]),
    ("api.allowed_sources", "private_cluster_enabled = true", NOT_APPLICABLE),
    (
        "api.allowed_sources",
        'api_server_access_profile { authorized_ip_ranges = ["198.51.100.0/24"] }',
        ["198.51.100.0/24"],
    ),
    ("api.allowed_sources", 'api_server_authorized_ip_ranges = ["198.51.100.0/24"]', ["198.51.100.0/24"]),
    ("api.allowed_sources", "api_server_authorized_ip_ranges = []", ["0.0.0.0/0"]),
    ("rbac", "", True),
    ("rbac", "role_based_access_control_enabled = false", False),
    ("local_accounts", "", True),
    ("local_accounts", "local_account_disabled = true", False),
    ("network_policy", "", False),
    ("network_policy", 'network_profile { network_policy = "calico" }', True),
    ("secrets_encrypted", "", False),
    ("secrets_encrypted", 'key_management_service { key_vault_key_id = "https://kv/keys/k/1" }', True),
    ("audit.enabled", "", False),
    ("control_plane_logs", "", []),
]
together(CLUSTER % (inside, "") for _, inside, _ in _SETTINGS)


@pytest.mark.parametrize(("name", "inside", "value"), _SETTINGS)
def test_settings_of_a_cluster(name: str, inside: str, value: object) -> None:
    assert told(declared(CLUSTER % (inside, ""))[_ADDRESS], name) == value


@pytest.mark.parametrize(
    ("name", "inside", "value"),
    [
        ("public_ip", "", False),
        ("public_ip", "node_public_ip_enabled = true", True),
        ("public_ip", "enable_node_public_ip = true", True),
        ("public_ip", "node_public_ip_enabled = var.choice", UNKNOWN),
        ("ha.multi_zone", 'zones = ["1", "2", "3"]', True),
        ("ha.multi_zone", "", False),
    ],
)
def test_settings_of_a_node_pool(name: str, inside: str, value: object) -> None:
    assets = declared(
        CLUSTER % ("", inside)
        + f"""
resource "azurerm_kubernetes_cluster_node_pool" "user" {{
  name                  = "user"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.app.id
  {inside}
}}
"""
    )
    assert told(assets[f"{_ADDRESS}#default_node_pool"], name) == value
    assert told(assets["azurerm_kubernetes_cluster_node_pool.user"], name) == value


@pytest.mark.parametrize(
    ("log", "audited", "logs"),
    [
        ('category = "kube-audit"', True, ["audit"]),
        ('category = "kube-audit-admin"', True, ["audit"]),
        ('category = "kube-scheduler"', False, ["scheduler"]),
        ('category_group = "audit"', True, ["audit", "authenticator"]),
    ],
)
def test_what_the_control_plane_records(log: str, audited: bool, logs: list[str]) -> None:
    text = (
        CLUSTER % ("", "")
        + f"""
resource "azurerm_monitor_diagnostic_setting" "s" {{
  storage_account_id = "kept"
  name               = "s"
  target_resource_id = azurerm_kubernetes_cluster.app.id
  enabled_log {{
    {log}
  }}
}}
"""
    )
    cluster = declared(text)[_ADDRESS]
    assert told(cluster, "audit.enabled", "control_plane_logs") == {
        "audit.enabled": audited,
        "control_plane_logs": logs,
    }
