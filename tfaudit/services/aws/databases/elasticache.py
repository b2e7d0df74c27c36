"""Amazon ElastiCache replication groups, stand-alone clusters and serverless caches, as `cache` assets.

A cluster that belongs to a replication group is part of it and no asset of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool, as_int
from tfaudit.services.aws.keys.customer_keys import describe_key, keys_owner
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import holds
from tfaudit.services.credentials import written_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tfaudit.reading.view import View

READS = (
    "aws_elasticache_replication_group",
    "aws_elasticache_cluster",
    "aws_elasticache_serverless_cache",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ServerlessCache",
    "elasticache.describe_replication_groups",
    "elasticache.describe_cache_clusters",
    "elasticache.describe_serverless_caches",
)
KINDS = ("cache",)
_TAGGED = Detail("list_tags_for_resource", {"ResourceName": "ARN"})
_OWN = (describe_key("KmsKeyId"), _TAGGED)
_SENT = ("AtRestEncryptionEnabled", "AuthTokenEnabled", "TransitEncryptionEnabled")
_MEMBER = Detail(
    "describe_cache_clusters",
    {"CacheClusterId": "MemberClusters.0"},
    items="CacheClusters",
    absent=("CacheClusterNotFound",),
)
CALLS = (
    Listing(
        "elasticache",
        "describe_replication_groups",
        "ReplicationGroups",
        "ARN",
        details=(*_OWN, _MEMBER),
        sent=(*_SENT, "AutomaticFailover"),
    ),
    Listing("elasticache", "describe_cache_clusters", "CacheClusters", "ARN", details=(_TAGGED,), sent=_SENT),
    Listing("elasticache", "describe_serverless_caches", "ServerlessCaches", "ARN", details=_OWN),
)

_GROUP_API = "docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"
_CLUSTER_API = "docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html"
_AT_REST = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html"
_SERVERLESS = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html"
_LAST_UNLISTED = 5
_IN_TRANSIT = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"


_BACKUPS = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html"
_WITHOUT_BACKUPS = "cache.t1.micro"

_ALL: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "engine": aws("engine", "Engine"),
    "days": aws("snapshot_retention_limit", "SnapshotRetentionLimit"),
    "tags": aws("tags", "Tags", "list_tags_for_resource/TagList"),
}
_NODES: Spelling = {
    **_ALL,
    "node": aws("node_type", "CacheNodeType"),
    "tls": aws("transit_encryption_enabled", "TransitEncryptionEnabled"),
    "token_used": aws(NOTHING, NOTHING, "AuthTokenEnabled"),
}
GROUPS: Spelling = {
    **_NODES,
    "name": aws("replication_group_id", "ReplicationGroupId"),
    # An answer has it of the group's members alone, who all run the same.
    "version": aws("engine_version", "EngineVersion", "describe_cache_clusters/0.EngineVersion"),
    "encrypted": aws("at_rest_encryption_enabled", "AtRestEncryptionEnabled"),
    "tiered": aws("data_tiering_enabled", "DataTieringEnabled", NOTHING),
    "key": aws("kms_key_id", "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "tls_mode": aws("transit_encryption_mode", "TransitEncryptionMode"),
    "token": aws("auth_token", "AuthToken", NOTHING),
    "users": aws("user_group_ids", "UserGroupIds"),
    "failover": aws("automatic_failover_enabled", "AutomaticFailoverEnabled", "AutomaticFailover"),
    "zones": aws("multi_az_enabled", "MultiAZEnabled", "MultiAZ"),
}
CLUSTERS: Spelling = {
    **_NODES,
    "name": aws("cluster_id", "ClusterName", "CacheClusterId"),
    "group": aws("replication_group_id", NOTHING, "ReplicationGroupId"),
    "version": aws("engine_version", "EngineVersion"),
    "encrypted": aws(NOTHING, NOTHING, "AtRestEncryptionEnabled"),
    "tls_mode": aws(NOTHING, NOTHING, "TransitEncryptionMode"),
    "token": aws(NOTHING, NOTHING),
    "zones": aws("az_mode", "AZMode", "PreferredAvailabilityZone"),
}
SERVERLESS_CACHES: Spelling = {
    **_ALL,
    "name": aws("name", "ServerlessCacheName"),
    "key": GROUPS["key"],
    "key_manager": GROUPS["key_manager"],
    "token_used": aws(NOTHING, NOTHING),
    "token": aws(NOTHING, NOTHING),
    "users": aws("user_group_id", "UserGroupId"),
}
_TABLES: dict[str, Spelling] = {
    "aws_elasticache_replication_group": GROUPS,
    "aws_elasticache_cluster": CLUSTERS,
    "aws_elasticache_serverless_cache": SERVERLESS_CACHES,
    "AWS::ElastiCache::ReplicationGroup": GROUPS,
    "AWS::ElastiCache::CacheCluster": CLUSTERS,
    "AWS::ElastiCache::ServerlessCache": SERVERLESS_CACHES,
    "elasticache.describe_replication_groups": GROUPS,
    "elasticache.describe_cache_clusters": CLUSTERS,
    "elasticache.describe_serverless_caches": SERVERLESS_CACHES,
}
IDENTITY = ("name", "group", "engine")


def _at_rest(encrypted: Any, engine: Any, tiered: Any) -> Any:
    """Return whether what is stored is encrypted: by itself where Valkey stores it, and on disk in data tiering."""
    if encrypted is not None:
        return encrypted
    if as_bool(tiered) is True:
        return Said(Documented(True, f"{_AT_REST}: always with data tiering"), by="encrypted")
    return Said(Documented(str(engine).lower() == "valkey", _GROUP_API), by="encrypted")


def _tls(view: View) -> Reading:
    """Return whether plain connections are refused; the mode `preferred` takes both."""
    enabled, mode = view.word("tls"), view.word("tls_mode")
    off = isinstance(enabled, Known) and as_bool(enabled.value) is False
    if off or not isinstance(mode, Known):
        return enabled if off or isinstance(mode, Absent) else mode
    required = str(mode.value).lower() == "required"
    if required and isinstance(enabled, Unknown):
        return enabled
    return Known(required, mode.resource, mode.path)


def _without_tls(view: View) -> Reading | NotApplicable:
    """Return that no TLS version is spoken at all; absent where one is, or why that is not known."""
    enabled = view.word("tls")
    if isinstance(enabled, (Unknown, Pointer)):
        return enabled
    if isinstance(enabled, Absent) or as_bool(enabled.value) is False:
        return NotApplicable("it does not speak TLS, which is judged", enabled.resource, enabled.path)
    return Absent(view.resource, view.base)


def _oldest(view: View) -> Reading | NotApplicable:
    """Return why the oldest TLS version is not known: engines before Redis 6 are not in the page's list."""
    none, version = _without_tls(view), view.word("version")
    if not isinstance(none, Absent) or isinstance(version, Absent):
        return none
    if not isinstance(version, Known):
        return version
    major = str(version.value).partition(".")[0]
    if major.isdecimal() and int(major) <= _LAST_UNLISTED:
        because = f"what TLS versions Redis {major} speaks is not documented"
        return Unknown(because, "use a newer engine", version.resource, version.path)
    return none


def _authenticated(view: View) -> Reading:
    """Return whether a client must prove who it is: by a token, or as one of a user group."""
    found = [_proof(view, each) for each in ("token_used", "token", "users")]
    sure = next((each for each in found if isinstance(each, Known) and as_bool(each.value) is True), None)
    open_ = next((each for each in found if isinstance(each, Unknown)), None)
    stated = next((each for each in found if not isinstance(each, Absent)), found[0])
    return sure or open_ or stated


def _proof(view: View, word: str) -> Reading:
    """Return whether something stands at a word."""
    found = view.word(word)
    match found:
        case Known(value=list(items)):
            filled = holds(items)
            if not isinstance(filled, bool):
                return Unknown(filled.because, filled.settle_with, found.resource, found.path)
            return Known(filled, found.resource, found.path)
        case Known(value=value):
            return found if as_bool(value) is not None else Known(bool(value), found.resource, found.path)
        case Unknown() if "{{resolve:" not in found.expression:
            return found
        # A dynamic reference names a token, whatever part of its name is not known.
        case Pointer() | Unknown():
            return Known(True, found.resource, found.path)
        case Absent():
            return found


def _switched(value: Any) -> Any:
    """Return a truth value for the API's enabled, disabled, enabling, disabling."""
    return {"enabling": True, "disabling": False}.get(str(value).lower(), value)


def _across(value: Any) -> bool | None:
    """Return whether nodes are spread over zones: as code asks for it, or as the API reports where they are."""
    return None if value is None else value in ("cross-az", "Multiple")


def _saved(answer: Callable[[Any], Any]) -> Callable[[View], Reading | NotApplicable]:
    """Return what joins `answer` of the days that backups are kept: not applicable to a node that cannot make any.

    A node whose size is not known is taken for one that can, as all but the smallest of an old generation can.
    """

    def joins(view: View) -> Reading | NotApplicable:
        node, days = view.word("node"), view.word("days")
        if isinstance(node, Known) and node.value == _WITHOUT_BACKUPS:
            return NotApplicable(f"{node.value} cannot make backups ({_BACKUPS})", node.resource, node.path)
        return Known(answer(days.value), days.resource, days.path) if isinstance(days, Known) else days

    return joins


def _days(days: Any) -> Any:
    return days


def _kept(days: Any) -> Any:
    number = as_int(days)
    if number is None and days is not None:
        return CannotTell(
            f"its value {str(days)[:80]!r} is not one that tfaudit can judge", "check it by hand"
        )
    return None if number is None else number > 0


_TLS = Documented("1.2", _IN_TRANSIT)
_NO_BACKUP = Documented(False, _GROUP_API)
_NO_DAYS = Documented(0, _GROUP_API)
_OFF = Documented(False, _GROUP_API)
_NODE_BACKUPS: Facts = {
    "backup.enabled": Fact(joins=_saved(_kept), of=("days", "node"), default=_NO_BACKUP),
    "backup.retention_days": Fact(joins=_saved(_days), of=("days", "node"), default=_NO_DAYS),
}
_PLACED: Facts = {
    "network.allowed_sources": inapplicable("its security groups say who gets in, and are judged"),
    "network.private_endpoint": inapplicable("it stands in a network itself"),
    "network.published": inapplicable("ways through balancers and proxies are followed in Azure alone"),
    "network.published_by": inapplicable("ways through balancers and proxies are followed in Azure alone"),
    "network.public": always(
        False, "docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html"
    ),
    "inline_secrets": written_down("token"),
    "tags": TAGS,
}
_OWN_KEY = Fact(joins=keys_owner(), of=("key", "key_manager"), default=Documented(False, _AT_REST))
_AUTHENTICATED = Fact(joins=_authenticated, of=("token_used", "token", "users"), default=_OFF)

GROUP: Facts = {
    **_PLACED,
    **_NODE_BACKUPS,
    "encryption.at_rest": Fact(_at_rest, of=("encrypted", "engine", "tiered")),
    "encryption.customer_managed_key": _OWN_KEY,
    "tls.required": Fact(joins=_tls, of=("tls", "tls_mode"), default=_OFF),
    "tls.min_version": Fact(joins=_oldest, of=("tls", "version"), default=_TLS),
    "auth.required": _AUTHENTICATED,
    "ha.automatic_failover": Fact(_switched, of=("failover",), default=_OFF),
    "ha.multi_zone": Fact(_switched, of=("zones",), default=_OFF),
}

_ONE_NODE = always(False, f"{_CLUSTER_API}: a cluster outside a replication group has no replica")
_CLUSTER_OFF = Documented(False, _CLUSTER_API)
CLUSTER: Facts = {
    **GROUP,
    "encryption.at_rest": Fact("encrypted", default=_CLUSTER_OFF),
    "encryption.customer_managed_key": always(False, _CLUSTER_API),
    "auth.required": Fact("token_used", default=_CLUSTER_OFF),
    "ha.automatic_failover": _ONE_NODE,
    "ha.multi_zone": _ONE_NODE,
}

_IN_MEMORY = inapplicable("Memcached keeps nothing: it has no storage, snapshots or replicas")
_NO_AUTHENTICATION = inapplicable("Memcached on ElastiCache has no authentication")
MEMCACHED: Facts = {
    **CLUSTER,
    "tls.min_version": Fact(joins=_without_tls, of=("tls",), default=_TLS),
    "encryption.at_rest": _IN_MEMORY,
    "encryption.customer_managed_key": _IN_MEMORY,
    "auth.required": _NO_AUTHENTICATION,
    "backup.enabled": _IN_MEMORY,
    "backup.retention_days": _IN_MEMORY,
    "ha.automatic_failover": _IN_MEMORY,
    "ha.multi_zone": Fact(_across, of=("zones",), default=_CLUSTER_OFF),
}

SERVERLESS: Facts = {
    **_PLACED,
    "encryption.at_rest": always(True, _AT_REST),
    "encryption.customer_managed_key": _OWN_KEY,
    "tls.required": always(True, _IN_TRANSIT),
    "tls.min_version": always("1.2", _IN_TRANSIT),
    "auth.required": _AUTHENTICATED,
    "backup.enabled": Fact(_kept, of=("days",), default=_NO_BACKUP),
    "backup.retention_days": Fact("days", default=_NO_DAYS),
    "ha.automatic_failover": always(True, _SERVERLESS),
    "ha.multi_zone": always(True, _SERVERLESS),
}
_NO_SNAPSHOTS = inapplicable("a serverless Memcached cache has no snapshots")
SERVERLESS_MEMCACHED: Facts = {
    **SERVERLESS,
    "auth.required": _NO_AUTHENTICATION,
    "backup.enabled": _NO_SNAPSHOTS,
    "backup.retention_days": _NO_SNAPSHOTS,
}
# Redis or Valkey, then Memcached; a replication group has no Memcached.
_FACTS: dict[str, tuple[Facts, Facts]] = {
    "replication-group": (GROUP, GROUP),
    "cluster": (CLUSTER, MEMCACHED),
    "serverless": (SERVERLESS, SERVERLESS_MEMCACHED),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `cache` that the resource declares or reports; none for a member of a replication group."""
    cache = view.spelled(_TABLES[view.resource.type])
    sort = "serverless" if cache.table is SERVERLESS_CACHES else "replication-group"
    if cache.table is CLUSTERS:
        sort = "cluster"
    engine = cache.word("engine")
    memcached = isinstance(engine, Known) and str(engine.value).lower() == "memcached"
    facts = _FACTS[sort][memcached]
    if cache.table is CLUSTERS:
        group = cache.word("group")
        if not isinstance(group, (Absent, Unknown)):
            return
        if isinstance(group, Unknown):
            facts = {name: _of_group(fact) for name, fact in facts.items()}
    yield asset("cache", cache, facts, key(cache, f"aws:elasticache:{sort}/{{}}", "name"))


def _of_group(fact: Fact) -> Fact:
    """Return `fact` of a cluster that may belong to a replication group, which it has its settings from then."""
    return fact if isinstance(fact.constant, Inapplicable) else Fact("group")
