"""Azure Cache for Redis, as `cache` assets.

Persistence (RDB or AOF, to a storage account) is the service's backup, and only the Premium tier has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.provider import changed_long_ago_in
from tfaudit.services.azure.tags import TAGS
from tfaudit.services.azure.zones import several

READS = ("azurerm_redis_cache",)
KINDS = ("cache",)
NAMES = ("name",)
COMPANIONS = {"azurerm_redis_firewall_rule": "redis_cache_name"}

ARM_TYPE = "microsoft.cache/redis"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/redis_cache"
_THREE = "hashicorp/azurerm/latest/docs/guides/3.0-upgrade-guide"
_SMALL = (0, 1)
_ENCRYPTION = "learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-encryption"
_NETWORK = "learn.microsoft.com/azure/azure-cache-for-redis/cache-network-isolation"
_PERSISTENCE = "learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence"
_ZONES = "learn.microsoft.com/azure/azure-cache-for-redis/cache-high-availability"


def _public(view: View) -> Any:
    reading = view.read("public_network_access_enabled")
    subnet = view.read("subnet_id")
    if subnet.absent or reading.value is False:
        return reading
    if isinstance(subnet.value, Unresolved):
        return subnet
    # A cache inside a virtual network has a private address only.
    return Known(False, subnet.resource, subnet.path)


def _tls_required(view: View) -> Any:
    reading = view.first("non_ssl_port_enabled", "enable_non_ssl_port")
    return (
        Known(not reading.value, reading.resource, reading.path)
        if isinstance(reading.value, bool)
        else reading
    )


def _min_tls(view: View) -> Any:
    reading = view.read("minimum_tls_version")
    return changed_long_ago_in(view, 3, "1.0", "1.2", _THREE) if reading.absent else reading


def _disk_encrypted(view: View) -> Any:
    """Return whether what the cache writes to disks is encrypted: the two smallest sizes do not."""
    family, capacity = view.read("family"), view.read("capacity")
    if family.known and str(family.value).upper() != "C":
        return ABSENT
    if isinstance(capacity.value, (Unresolved, Reference)):
        return capacity
    if as_int(capacity.value) in _SMALL:
        return Default(False, f"{_ENCRYPTION}: sizes C0 and C1", capacity.resource, capacity.path)
    return ABSENT


def _backed_up(view: View) -> Any:
    unsure = None
    for path in ("redis_configuration.rdb_backup_enabled", "redis_configuration.aof_backup_enabled"):
        reading = view.read(path)
        if reading.value is True:
            return Known(True, reading.resource, reading.path)
        if isinstance(reading.value, (Unresolved, Reference)):
            unsure = reading
    return unsure or view.read("redis_configuration.rdb_backup_enabled")


def _persistence(view: View) -> Any:
    kinds: list[Any] = []
    for name in ("rdb", "aof"):
        value = view.read(f"redis_configuration.{name}_backup_enabled").value
        if value is True:
            kinds.append(name)
        elif isinstance(value, (Unresolved, Reference)):
            kinds.append(value)
    return (
        Default(kinds, _PERSISTENCE, view.resource, view.base)
        if not kinds
        else Known(kinds, view.resource, ())
    )


CACHE = {
    "engine": Fact(always=Documented("redis", _PAGE)),
    "version": Fact(terraform="redis_version"),
    "encryption.at_rest": Fact(terraform=_disk_encrypted, default=Documented(True, _ENCRYPTION)),
    "encryption.customer_managed_key": Fact(
        not_applicable="these tiers of Azure Cache for Redis take no key of the customer's"
    ),
    "tls.required": Fact(terraform=_tls_required, default=Documented(True, _PAGE)),
    "tls.min_version": Fact(terraform=_min_tls),
    "auth.required": Fact(
        terraform=("redis_configuration.authentication_enabled", "redis_configuration.enable_authentication"),
        default=Documented(True, _PAGE),
    ),
    "network.public": Fact(terraform=_public, default=Documented(True, _PAGE)),
    "network.allowed_sources": Fact(
        terraform=allowed_sources("azurerm_redis_firewall_rule", _NETWORK, _public, ["0.0.0.0/0"])
    ),
    "inline_secrets": Fact(always=Documented(False, "access keys are made by Azure")),
    "backup.enabled": Fact(terraform=_backed_up, default=Documented(False, _PERSISTENCE)),
    "backup.retention_days": Fact(not_applicable="snapshots are kept by count, not by days"),
    "persistence": Fact(terraform=_persistence),
    "eviction_policy": Fact(
        terraform="redis_configuration.maxmemory_policy", default=Documented("volatile-lru", _PAGE)
    ),
    "ha.multi_zone": Fact(terraform="zones", using=several, default=Documented(False, _ZONES)),
    "ha.automatic_failover": Fact(terraform="sku_name", using=lambda sku: str(sku).lower() != "basic"),
    "audit.enabled": logged("ConnectedClientList", arm_type=ARM_TYPE),
    "logs.enabled": logged("ConnectedClientList", arm_type=ARM_TYPE),
    "deletion_protection": DELETION_PROTECTION,
    "policy.public": Fact(not_applicable="a cache has no resource policy"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `cache` that the resource declares."""
    yield asset("cache", view, CACHE, named(view, ARM_TYPE))
