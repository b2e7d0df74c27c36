"""Azure Cache for Redis, as `cache` assets.

Persistence (RDB or AOF, to a storage account) is the service's backup, and only the Premium tier has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.reading import states
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, negated, switched
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.provider import changed_long_ago_in
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.zones import zone_redundant

READS = ("azurerm_redis_cache", "microsoft.cache/redis")
KINDS = ("cache",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_redis_firewall_rule": "redis_cache_name",
    "microsoft.cache/redis/firewallrules": "parent",
}
ARM_TYPES = ("Microsoft.Cache/redis",)

ARM_TYPE = "microsoft.cache/redis"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/redis_cache",
    "learn.microsoft.com/azure/templates/microsoft.cache/redis",
)
_PORTS = Cited(_PAGE.terraform, "learn.microsoft.com/azure/azure-cache-for-redis/cache-configure")
_THREE = "hashicorp/azurerm/latest/docs/guides/3.0-upgrade-guide"
_RULES = ("azurerm_redis_firewall_rule", "microsoft.cache/redis/firewallrules")
_SMALL = (0, 1)
_ENCRYPTION = "learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-encryption"
_NO_RULES = "it has no firewall rule: whether it has a public address is judged by itself"
_RETIRED = "learn.microsoft.com/azure/azure-cache-for-redis/cache-tls-configuration: older ones are retired"
_PERSISTENCE = "learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-premium-persistence"
_ZONES = "learn.microsoft.com/azure/azure-cache-for-redis/cache-high-availability"


TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("redis_version", "properties.redisVersion"),
    "family": azure("family", "properties.sku.family"),
    "capacity": azure("capacity", "properties.sku.capacity"),
    "tier": azure("sku_name", "properties.sku.name"),
    "zones": azure("zones", "zones"),
    "without_tls": azure(("non_ssl_port_enabled", "enable_non_ssl_port"), "properties.enableNonSslPort"),
    "lowest_tls": azure("minimum_tls_version", "properties.minimumTlsVersion"),
    "authentication": azure(
        ("redis_configuration.authentication_enabled", "redis_configuration.enable_authentication"), NOTHING
    ),
    "no_authentication": azure(NOTHING, "properties.redisConfiguration.authnotrequired"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "subnet": azure("subnet_id", "properties.subnetId"),
    "address": azure("private_static_ip_address", "properties.staticIP"),
    "rdb": azure(
        "redis_configuration.rdb_backup_enabled", "properties.redisConfiguration.rdb-backup-enabled"
    ),
    "aof": azure(
        "redis_configuration.aof_backup_enabled", "properties.redisConfiguration.aof-backup-enabled"
    ),
}
IDENTITY = tuple(RESOURCE)
_COPIES = ("rdb", "aof")
_IN_MEMORY = ("basic", "standard")
_NO_COPIES = "only the Premium tier takes snapshots: this one holds in memory what can be lost"


def _public(subnet: Any, endpoint: Any) -> Any:
    """Return whether it has a public address: a cache inside a virtual network has a private one only."""
    return switched(endpoint) if subnet is None else False


def _authenticates(authentication: Any, without: Any) -> Any:
    if authentication is not None:
        return Said(switched(authentication), by="authentication")
    return negated(without)


def _disk_encrypted(view: View) -> states.Reading | Default:
    """Return whether what the cache writes to disks is encrypted: the two smallest sizes do not."""
    family, capacity = view.word("family"), view.word("capacity")
    match family, capacity:
        case (Known(value=value), _) if str(value).upper() != "C":
            return Absent(view.resource, view.base)
        case (_, Unknown() | Pointer()):
            return capacity
        case (_, Known(value=value)) if as_int(value) in _SMALL:
            if isinstance(family, (Unknown, Pointer)):
                return family
            return Default(False, f"{_ENCRYPTION}: sizes C0 and C1", capacity.resource, capacity.path)
        case _:
            return Absent(view.resource, view.base)


def _backed_up(view: View) -> states.Reading | NotApplicable:
    """Return whether snapshots are taken; the lower tiers have none, and nothing that switches them on."""
    tier = view.word("tier")
    if isinstance(tier, Known) and lower(tier.value) in _IN_MEMORY:
        return NotApplicable(_NO_COPIES, tier.resource, tier.path)
    unsure: states.Reading | None = None
    for word in _COPIES:
        reading = view.word(word)
        match reading:
            case Known(value=value) if as_bool(value) is True:
                return Known(True, reading.resource, reading.path)
            case Unknown() | Pointer():
                unsure = reading
            case Known() | Absent():
                pass
    return unsure or (tier if isinstance(tier, (Unknown, Pointer)) else view.word("rdb"))


def _replicated(tier: Any) -> bool | None:
    """Return whether a second node stands by: in every tier but the lowest."""
    return None if tier is None else lower(tier) != "basic"


_PUBLIC = Fact(_public, of=("subnet", "endpoint"), default=Documented(True, _PAGE))
CACHE: Facts = {
    "version": Fact("version"),
    "encryption.at_rest": Fact(
        joins=_disk_encrypted, of=("family", "capacity"), default=Documented(True, _ENCRYPTION)
    ),
    "encryption.customer_managed_key": inapplicable(
        "these tiers of Azure Cache for Redis take no key of the customer's"
    ),
    "tls.required": Fact(negated, of=("without_tls",), default=Documented(True, _PORTS)),
    "tls.min_version": Fact(
        "lowest_tls",
        default=ByPlane(
            terraform=changed_long_ago_in(3, "1.0", "1.2", _THREE), arm=Documented("1.2", _RETIRED)
        ),
    ),
    "auth.required": Fact(
        _authenticates, of=("authentication", "no_authentication"), default=Documented(True, _PAGE)
    ),
    "network.public": _PUBLIC,
    "network.private_endpoint": has_private_endpoint(ARM_TYPE, subnet="subnet"),
    "network.allowed_sources": allowed_sources(_RULES, _PUBLIC, Inapplicable(_NO_RULES)),
    **store_ways.facts(
        Store(
            ARM_TYPE,
            ("redis.cache.windows.net",),
            by_requests=False,
            public=_PUBLIC,
            sources=allowed_sources(_RULES, _PUBLIC, Inapplicable(_NO_RULES)),
            subnet="subnet",
            address="address",
        )
    ),
    "inline_secrets": always(False, "access keys are made by Azure"),
    "backup.enabled": Fact(joins=_backed_up, of=(*_COPIES, "tier"), default=Documented(False, _PERSISTENCE)),
    "backup.retention_days": inapplicable("snapshots are kept by count, not by days"),
    "ha.multi_zone": zone_redundant(_ZONES),
    "ha.automatic_failover": Fact(_replicated, of=("tier",)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `cache` that the resource declares."""
    yield asset("cache", view, CACHE, named(view, ARM_TYPE))
