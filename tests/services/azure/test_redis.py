"""Caches for Redis of Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, UNKNOWN
from tests.services.azure.declared import declared, pinned, together, told

CACHE = """
variable "choice" {}
resource "azurerm_redis_cache" "sessions" {
  name     = "sessions"
  sku_name = "Premium"
  %s
}
"""
_ADDRESS = "azurerm_redis_cache.sessions"


_SETTINGS: list[tuple[Any, ...]] = [
    ("tls.required", "", True),
    ("tls.required", "non_ssl_port_enabled = true", False),
    ("tls.required", "enable_non_ssl_port = true", False),
    ("tls.required", "non_ssl_port_enabled = var.choice", UNKNOWN),
    ("tls.min_version", 'minimum_tls_version = "1.2"', "1.2"),
    ("network.public", "", True),
    ("network.public", "public_network_access_enabled = false", False),
    ("network.public", 'subnet_id = "/subscriptions/s/subnet"', False),
    ("network.public", "subnet_id = var.choice", UNKNOWN),
    ("auth.required", "", True),
    ("auth.required", "redis_configuration { authentication_enabled = false }", False),
    ("auth.required", "redis_configuration { enable_authentication = false }", False),
    ("backup.enabled", "", False),
    ("backup.enabled", "redis_configuration { rdb_backup_enabled = true }", True),
    ("backup.enabled", "redis_configuration { aof_backup_enabled = true }", True),
    ("backup.enabled", "redis_configuration { rdb_backup_enabled = var.choice }", UNKNOWN),
    ("backup.enabled", 'sku_name = "Premium"', False),
    ("backup.enabled", 'sku_name = "Basic"', NOT_APPLICABLE),
    ("backup.enabled", 'sku_name = "Standard"', NOT_APPLICABLE),
    ("backup.enabled", "sku_name = var.choice", UNKNOWN),
    ("backup.enabled", "sku_name = var.choice\nredis_configuration { rdb_backup_enabled = true }", True),
    ("ha.multi_zone", 'zones = ["1", "2"]', True),
    ("ha.multi_zone", 'zones = ["1"]', False),
    ("network.allowed_sources", "", NOT_APPLICABLE),
]
together(CACHE % inside for _, inside, _ in _SETTINGS)


@pytest.mark.parametrize(("name", "inside", "value"), _SETTINGS)
def test_settings_of_a_cache(name: str, inside: str, value: object) -> None:
    assert told(declared(CACHE % inside)[_ADDRESS], name) == value


@pytest.mark.parametrize(
    ("version", "oldest"), [("~> 2.99", "1.0"), ("~> 3.0", "1.2"), ("~> 5.0", "1.2"), (">= 2.0", "1.2")]
)
def test_the_oldest_tls_version_by_default_hangs_on_the_provider(version: str, oldest: object) -> None:
    assert told(declared(pinned(version) + CACHE % "")[_ADDRESS], "tls.min_version") == oldest


def test_firewall_rules_narrow_who_gets_in() -> None:
    rule = """
resource "azurerm_redis_firewall_rule" "office" {
  name             = "office"
  redis_cache_name = azurerm_redis_cache.sessions.name
  start_ip         = "198.51.100.0"
  end_ip           = "198.51.100.255"
}
"""
    assert told(declared(CACHE % "" + rule)[_ADDRESS], "network.allowed_sources") == ["198.51.100.0/24"]


@pytest.mark.parametrize(("sku", "fails_over"), [("Basic", False), ("Standard", True), ("Premium", True)])
def test_only_the_basic_tier_has_no_replica(sku: str, fails_over: bool) -> None:
    cache = declared((CACHE % "").replace("Premium", sku))[_ADDRESS]
    assert told(cache, "ha.automatic_failover") is fails_over


@pytest.mark.parametrize(
    ("family", "capacity", "encrypted"),
    [("C", "0", False), ("C", "1", False), ("C", "2", True), ("P", "1", True), ("C", "var.choice", UNKNOWN)],
)
def test_the_smallest_sizes_do_not_encrypt_their_disks(family: str, capacity: str, encrypted: object) -> None:
    text = CACHE % f'family = "{family}"\n  capacity = {capacity}'
    assert told(declared(text)[_ADDRESS], "encryption.at_rest") == encrypted
