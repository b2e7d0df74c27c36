"""Azure Managed Redis and Redis Enterprise, as `cache` assets: a cluster with its one database.

Terraform has both in one resource, or two; ARM has the database as a child.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import lower, not_judged, switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.logs.diagnostics import NOT_SENT, TYPES, sends
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.zones import several

READS = ("azurerm_managed_redis", "azurerm_redis_enterprise_cluster", "microsoft.cache/redisenterprise")
KINDS = ("cache",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_redis_enterprise_database": "cluster_id",
    "microsoft.cache/redisenterprise/databases": "parent",
}
ARM_TYPES = ("Microsoft.Cache/redisEnterprise", "Microsoft.Cache/redisEnterprise/databases")

ARM_TYPE = "microsoft.cache/redisenterprise"
_DATABASES = ("azurerm_redis_enterprise_database", f"{ARM_TYPE}/databases")
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/managed_redis",
    "learn.microsoft.com/azure/templates/microsoft.cache/redisenterprise",
)
_API = "learn.microsoft.com/rest/api/redis/redisenterprisecache/redis-enterprise/create"
_ENCRYPTION = "learn.microsoft.com/azure/redis/how-to-encryption"
_TLS = "learn.microsoft.com/azure/redis/tls-configuration"
_SIGN_IN = "learn.microsoft.com/azure/redis/entra-for-authentication"
_PERSISTENCE = "learn.microsoft.com/azure/redis/how-to-persistence"
_ZONES = "learn.microsoft.com/azure/redis/high-availability"
_DATABASE = f"{ARM_TYPE}/databases/properties"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform, in one resource or in two, and in ARM
    "key": azure(
        "customer_managed_key.key_vault_key_id",
        "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
    ),
    "lowest_tls": azure("minimum_tls_version", "properties.minimumTlsVersion"),
    "endpoint": azure("public_network_access", "properties.publicNetworkAccess"),
    "standby": azure("high_availability_enabled", "properties.highAvailability"),
    "zones": azure("zones", "zones"),
    "protocol": azure(
        ("default_database.client_protocol", "azurerm_redis_enterprise_database/client_protocol"),
        f"{_DATABASE}.clientProtocol",
    ),
    "eviction": azure(
        ("default_database.eviction_policy", "azurerm_redis_enterprise_database/eviction_policy"),
        f"{_DATABASE}.evictionPolicy",
    ),
    "rdb": azure(
        "default_database.persistence_redis_database_backup_frequency", f"{_DATABASE}.persistence.rdbEnabled"
    ),
    "aof": azure(
        "default_database.persistence_append_only_file_backup_frequency",
        f"{_DATABASE}.persistence.aofEnabled",
    ),
}
IDENTITY = tuple(RESOURCE)
_POLICIES = {
    "allkeyslfu": "allkeys-lfu",
    "allkeyslru": "allkeys-lru",
    "allkeysrandom": "allkeys-random",
    "volatilelru": "volatile-lru",
    "volatilelfu": "volatile-lfu",
    "volatilettl": "volatile-ttl",
    "volatilerandom": "volatile-random",
    "noeviction": "noeviction",
}


def _encrypted(protocol: Any) -> Any:
    if protocol is None:
        return None
    word = lower(protocol)
    return word == "encrypted" if word in ("encrypted", "plaintext") else not_judged(protocol)


def _on(frequency: Any) -> bool | None:
    """Return whether copies are written: how often, in Terraform, or whether, in ARM."""
    if frequency is None:
        return None
    return frequency is not False and lower(frequency) not in ("false", "")


def _persistent(rdb: Any, aof: Any) -> bool | None:
    if _on(rdb) or _on(aof):
        return True
    return None if rdb is None and aof is None else False


def _kinds(rdb: Any, aof: Any) -> list[str]:
    return [name for name, value in (("rdb", rdb), ("aof", aof)) if _on(value)]


def _evicts(policy: Any) -> Any:
    return None if policy is None else _POLICIES.get(str(policy).lower()) or not_judged(policy)


def _in_zones(zones: Any, standby: Any) -> Any:
    """Return whether its nodes are spread over zones: those listed, or all of the region with high availability."""
    if zones is not None:
        return several(zones)
    return None if standby is None else switched(standby)


def _by_terraform(view: View) -> Documented:
    return Documented(view.resource.type == "azurerm_managed_redis", f"{_ZONES}: in regions with zones")


def _logged(view: View) -> states.Reading:
    """Return whether who connects is recorded: by a setting of the cluster, or of its database."""
    ask = sends("ConnectionEvents", arm_type=ARM_TYPE)
    databases = view.companions(*_DATABASES)
    answers = [ask(each) for each in (view, *databases.views)]
    for answer in answers:
        if isinstance(answer, Known) and answer.value is True:
            return answer
    return databases.more if isinstance(databases, Some) else answers[-1]


_LOGS = Fact(joins=_logged, of=IDENTITY, default=Documented(False, NOT_SENT), beside=(*TYPES, _DATABASES[1]))
_PUBLIC = Fact(switched, of=("endpoint",), default=Documented(True, _PAGE))
CACHE: Facts = {
    "version": inapplicable("Azure keeps it up to date"),
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _ENCRYPTION)),
    "tls.required": Fact(
        _encrypted, of=("protocol",), default=Documented(True, Cited(_PAGE.terraform, _API))
    ),
    "tls.min_version": Fact("lowest_tls", default=Documented("1.2", _TLS)),
    "auth.required": always(True, _SIGN_IN),
    "network.public": _PUBLIC,
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    **store_ways.facts(
        Store(ARM_TYPE, ("redis.azure.net", "redisenterprise.cache.azure.net"), False, public=_PUBLIC)
    ),
    "network.allowed_sources": inapplicable(
        "it has no rules for addresses: private endpoints say who gets in"
    ),
    "inline_secrets": always(False, "access keys are made by Azure"),
    "backup.enabled": Fact(_persistent, of=("rdb", "aof"), default=Documented(False, _PERSISTENCE)),
    "backup.retention_days": inapplicable("snapshots are kept by count, not by days"),
    "ha.multi_zone": Fact(
        _in_zones,
        of=("zones", "standby"),
        default=ByPlane(terraform=_by_terraform, arm=Documented(True, f"{_ZONES}: in regions with zones")),
    ),
    "ha.automatic_failover": Fact(switched, of=("standby",), default=Documented(True, _ZONES)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `cache` that a cluster and its database are."""
    yield asset("cache", view, CACHE, named(view, ARM_TYPE))
