"""Storage accounts and containers of Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, line, pinned, together, told

ACCOUNT = """
resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = "rg-orders"
  account_replication_type = "LRS"
  %s
}
"""
_ADDRESS = "azurerm_storage_account.orders"


def _told(name: str, inside: str = "", beside: str = "") -> object:
    return told(declared(ACCOUNT % inside + beside)[_ADDRESS], name)


def test_what_a_bare_account_is_by_default() -> None:
    expected = {
        "encryption.at_rest": True,
        "encryption.customer_managed_key": False,
        "tls.required": True,
        "tls.min_version": "1.2",
        "network.allowed_sources": ["0.0.0.0/0"],
        "shared_key_access": True,
        "versioning": False,
        "soft_delete_days": 0,
        "object_lock": False,
        "ha.multi_zone": False,
        "access_logged": False,
        "public_acl": NOT_APPLICABLE,
    }
    assert told(declared(ACCOUNT % "")[_ADDRESS], *expected) == expected


_ATTRIBUTES: list[tuple[Any, ...]] = [
    ("tls.required", "enable_https_traffic_only = false", False),
    ("tls.required", "https_traffic_only_enabled = false", False),
    ("tls.min_version", 'min_tls_version = "TLS1_0"', "1.0"),
    ("public_access_blocked", "allow_nested_items_to_be_public = false", True),
    ("public_access_blocked", "allow_blob_public_access = true", False),
    ("public_access_blocked", "allow_nested_items_to_be_public = var.open", UNKNOWN),
    ("network.allowed_sources", 'network_rules { default_action = "Allow" }', ["0.0.0.0/0"]),
    (
        "network.allowed_sources",
        'network_rules {\n default_action = "Deny"\n ip_rules = ["198.51.100.0/24"]\n}',
        ["198.51.100.0/24"],
    ),
    ("versioning", "blob_properties { versioning_enabled = true }", True),
    ("soft_delete_days", "blob_properties {\n delete_retention_policy { days = 30 }\n}", 30),
    ("soft_delete_days", "blob_properties {\n delete_retention_policy {}\n}", 7),
    ("soft_delete_days", "blob_properties { versioning_enabled = true }", 0),
    ("shared_key_access", "shared_access_key_enabled = false", False),
    ("object_lock", 'immutability_policy { state = "Locked" }', True),
    ("encryption.customer_managed_key", 'customer_managed_key { key_vault_key_id = "https://k" }', True),
]
together(ACCOUNT % inside + 'variable "open" {}\n' for _, inside, _ in _ATTRIBUTES)


@pytest.mark.parametrize(("name", "inside", "value"), _ATTRIBUTES)
def test_attributes_of_the_account(name: str, inside: str, value: object) -> None:
    assert _told(name, inside, 'variable "open" {}\n') == value


@pytest.mark.parametrize(
    ("kind", "zones"), [("LRS", False), ("ZRS", True), ("RAGRS", False), ("GZRS", True), ("RAGZRS", True)]
)
def test_replication(kind: str, zones: bool) -> None:
    account = declared((ACCOUNT % "").replace("LRS", kind))[_ADDRESS]
    assert told(account, "ha.multi_zone") is zones


@pytest.mark.parametrize(
    ("version", "blocked"),
    [
        ("~> 2.99", True),
        ("~> 3.90", False),
        ("4.12.0", False),
        (">= 3.0, < 5.0", False),
        ("~> 5.1", True),
        (">= 4.0", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_anonymous_access_by_default_hangs_on_the_provider(version: str, blocked: object) -> None:
    pin = pinned(version) if version else ""
    assert told(declared(pin + ACCOUNT % "")[_ADDRESS], "public_access_blocked") == blocked


@pytest.mark.parametrize(
    ("before", "oldest"),
    [(pinned("~> 2.99"), "1.0"), (pinned("~> 3.0"), "1.2"), (pinned(">= 2.0"), "1.2"), ("", "1.2")],
)
def test_the_oldest_tls_version_by_default(before: str, oldest: str) -> None:
    assert told(declared(before + ACCOUNT % "")[_ADDRESS], "tls.min_version") == oldest
    older = declared(ACCOUNT % "allow_blob_public_access = false")[_ADDRESS]
    assert told(older, "tls.min_version") == "1.0"


def test_an_attribute_that_is_gone_shows_an_earlier_provider() -> None:
    older = declared(ACCOUNT % "enable_https_traffic_only = true")[_ADDRESS]
    assert told(older, "public_access_blocked") is False
    assert "enable_https_traffic_only" in getattr(older.settings["public_access_blocked"], "documented", "")
    assert (
        told(declared(ACCOUNT % "https_traffic_only_enabled = true")[_ADDRESS], "public_access_blocked")
        == UNKNOWN
    )


def test_an_account_of_file_shares_has_no_blobs_to_keep() -> None:
    account = declared(ACCOUNT % 'account_kind = "FileStorage"')[_ADDRESS]
    names = ("versioning", "soft_delete_days", "access_logged")
    assert told(account, *names) == dict.fromkeys(names, NOT_APPLICABLE)


def test_rules_and_keys_of_their_own_are_joined() -> None:
    beside = """
resource "azurerm_storage_account_network_rules" "rules" {
  storage_account_id = azurerm_storage_account.orders.id
  default_action     = "Deny"
  ip_rules           = ["198.51.100.0/24"]
}
resource "azurerm_storage_account_customer_managed_key" "key" {
  storage_account_id = azurerm_storage_account.orders.id
  key_vault_id       = "/subscriptions/s/vault"
  key_name           = "store"
}
"""
    account = declared(ACCOUNT % "" + beside)[_ADDRESS]
    assert told(account, "network.allowed_sources") == ["198.51.100.0/24"]
    assert told(account, "encryption.customer_managed_key") is True


def _container(
    access: str, account: str = "storage_account_name = azurerm_storage_account.orders.name"
) -> str:
    return f"""
resource "azurerm_storage_container" "files" {{
  name                  = "files"
  {account}
  container_access_type = {access}
}}
"""


@pytest.mark.parametrize(
    ("inside", "access", "public"),
    [
        ("", '"private"', False),
        ("", '"blob"', True),
        ("", "null", False),
        ("", "var.access", UNKNOWN),
        ("allow_nested_items_to_be_public = false", '"blob"', False),
    ],
)
def test_a_container_is_judged_for_anonymous_access(inside: str, access: str, public: object) -> None:
    text = 'variable "access" {}\n' + ACCOUNT % inside + _container(access)
    assert told(declared(text)["azurerm_storage_container.files"], "public_acl") == public


def test_a_container_leaves_all_else_to_its_account() -> None:
    container = declared(ACCOUNT % "" + _container('"private"'))["azurerm_storage_container.files"]
    assert told(container, "encryption.at_rest") == NOT_APPLICABLE
    assert told(container, "tls.required") == NOT_APPLICABLE


def _sent(target: str, category: str) -> str:
    return f"""
resource "azurerm_monitor_diagnostic_setting" "s" {{
  name               = "s"
  target_resource_id = {target}
  enabled_log {{
    category = {category}
  }}
}}
"""


def test_reads_are_logged_by_a_setting_of_the_blob_service() -> None:
    text = ACCOUNT % "" + _sent(
        '"${azurerm_storage_account.orders.id}/blobServices/default"', '"StorageRead"'
    )
    account = declared(text)[_ADDRESS]
    assert told(account, "access_logged") is True
    assert text.splitlines()[line(account, "access_logged") - 1].strip() == 'category = "StorageRead"'
