"""Attributes and types that azurerm had before, each read as what it became: guides of 3.0, 4.0 and 5.0."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import values
from tests.services.azure.declared import declared, together, told

_OLDER: list[tuple[str, str, dict[str, Any]]] = [
    # type, what stands in it, what is told of the first asset
    (
        "azurerm_app_service",
        """
  https_only          = true
  client_cert_enabled = true
  site_config {
    min_tls_version          = "1.1"
    ftps_state               = "FtpsOnly"
    http2_enabled            = true
    remote_debugging_enabled = true
    linux_fx_version         = "PYTHON|3.6"
    cors { allowed_origins = ["*"] }
    ip_restriction = [{ ip_address = "198.51.100.0/24", action = "Allow", priority = 1, name = "office" }]
  }
  auth_settings { enabled = true }
""",
        {
            "https_only": True,
            "tls.min_version": "1.1",
            "plain_ftp": False,
            "http2": True,
            "remote_debugging": True,
            "runtime": "python|3.6",
            "cors.any_origin": True,
            "network.public": False,
            "authentication": True,
            "client_certificates.required": True,
        },
    ),
    (
        "azurerm_function_app",
        """
  client_cert_mode = "Required"
  site_config {
    ftps_state      = "AllAllowed"
    min_tls_version = "1.0"
  }
""",
        {"client_certificates.required": True, "plain_ftp": True, "tls.min_version": "1.0"},
    ),
    (
        "azurerm_kubernetes_cluster",
        """
  automatic_channel_upgrade       = "stable"
  private_link_enabled            = false
  api_server_authorized_ip_ranges = ["198.51.100.7/32"]
  role_based_access_control { enabled = false }
  addon_profile {
    azure_policy { enabled = true }
  }
  default_node_pool {
    name                   = "system"
    enable_node_public_ip  = true
  }
""",
        {
            "upgrades.automatic": True,
            "api.allowed_sources": ["198.51.100.7/32"],
            "rbac": False,
            "policies_enforced": True,
            "private_nodes": False,
        },
    ),
    (
        "azurerm_kubernetes_cluster_node_pool",
        """
  enable_host_encryption = true
  enable_node_public_ip  = true
  availability_zones     = ["1", "2"]
""",
        {"encryption.at_host": True, "public_ip": True, "ha.multi_zone": True},
    ),
    (
        "azurerm_storage_account",
        "  allow_blob_public_access  = true\n  enable_https_traffic_only = false\n",
        {"public_access_blocked": False, "tls.required": False},
    ),
    ("azurerm_redis_cache", "  enable_non_ssl_port = true\n", {"tls.required": False}),
    ("azurerm_key_vault", "  enable_rbac_authorization = true\n", {"rbac": True}),
    (
        "azurerm_cosmosdb_account",
        '  ip_range_filter = "198.51.100.7,203.0.113.0/24"\n  is_virtual_network_filter_enabled = true\n',
        {"network.allowed_sources": ["198.51.100.7", "203.0.113.0/24"]},
    ),
    (
        "azurerm_container_registry",
        '  network_rule_set = [{ default_action = "Deny", ip_rule = [], virtual_network = [] }]\n',
        {"network.public": False},
    ),
    (
        "azurerm_eventhub_namespace",
        '  network_rulesets = [{ default_action = "Deny", ip_rule = [], virtual_network_rule = [] }]\n',
        {"network.public": True},  # without a rule nothing is denied
    ),
    (
        "azurerm_eventhub_namespace",
        '  network_rulesets = [{ default_action = "Deny", ip_rule = [{ ip_mask = "198.51.100.7" }] }]\n',
        {"network.public": False},
    ),
    ("azurerm_kusto_cluster", "  enable_disk_encryption = true\n", {"scratch_encrypted": True}),
    (
        "azurerm_machine_learning_workspace",
        "  public_access_behind_virtual_network_enabled = false\n",
        {"network.public": False},
    ),
    (
        "azurerm_virtual_machine",
        "  os_profile_linux_config { disable_password_authentication = false }\n",
        {"password_sign_in": True},
    ),
]


def _text(type_: str, inside: str) -> str:
    return f'resource "{type_}" "old" {{\n  name = "old"\n  resource_group_name = "rg"\n{inside}}}\n'


together(_text(type_, inside) for type_, inside, _ in _OLDER)


@pytest.mark.parametrize(("type_", "inside", "expected"), _OLDER, ids=[each[0] for each in _OLDER])
def test_what_older_code_says(type_: str, inside: str, expected: dict[str, Any]) -> None:
    found = declared(_text(type_, inside))[f"{type_}.old"]
    assert values(found, list(expected)) == expected


_ACCOUNT = 'resource "azurerm_storage_account" "s" {\n  name = "s"\n}\n'


@pytest.mark.parametrize(
    ("beside", "copies"),
    [
        ('resource "azurerm_sql_server" "old" {\n  name = "old"\n}\n', True),
        ('resource "azurerm_mysql_server" "old" {\n  name = "old"\n}\n', True),
    ],
)
def test_a_type_that_a_version_removed_shows_that_an_earlier_one_is_meant(beside: str, copies: bool) -> None:
    account = declared(_ACCOUNT + beside)["azurerm_storage_account.s"]
    assert told(account, "cross_tenant_copies") is copies
    assert "is used, which 4.0 removed" in getattr(account.settings["cross_tenant_copies"], "documented", "")


_FILES = """
resource "azurerm_storage_account" "files" {
  name                     = "shopfiles"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
"""


@pytest.mark.parametrize("named", ["azurerm_storage_account.files.name", '"shopfiles"'])
def test_network_rules_name_their_account_up_to_azurerm_2(named: str) -> None:
    rules = f"""
resource "azurerm_storage_account_network_rules" "files" {{
  storage_account_name = {named}
  resource_group_name  = "shop"
  default_action       = "Deny"
}}
"""
    found = [each for each in declared(_FILES + rules).values() if each.kind == "object_store"]
    assert [told(each, "network.allowed_sources") for each in found] == [[]]
