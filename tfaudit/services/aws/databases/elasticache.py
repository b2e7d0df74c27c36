"""Amazon ElastiCache replication groups, stand-alone clusters and serverless caches, as `cache` assets.

A cluster that belongs to a replication group is part of it and no asset of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import At, Fact, Facts, spelled
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.keys.credentials import not_shown, written_down
from tfaudit.services.aws.keys.customer_keys import customer_key, describe_key
from tfaudit.services.aws.tags import tagged
from tfaudit.services.contents import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

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
CALLS = (
    Listing("elasticache", "describe_replication_groups", "ReplicationGroups", "ARN", details=_OWN),
    Listing("elasticache", "describe_cache_clusters", "CacheClusters", "ARN", details=(_TAGGED,)),
    Listing("elasticache", "describe_serverless_caches", "ServerlessCaches", "ARN", details=_OWN),
)

_GROUP_API = "docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"
_CLUSTER_API = "docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html"
_AT_REST = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html"
_SERVERLESS = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html"
_LAST_UNLISTED = 5
_IN_TRANSIT = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"


def _engine_default(view: View) -> Documented:
    """Return what the API does by itself: it encrypts what Valkey stores, and what goes to disk in data tiering."""
    engine = str(view.get("engine") or view.get("Engine") or "").lower()
    tiered = view.first("data_tiering_enabled", "DataTieringEnabled")
    if as_bool(tiered.value) is True:
        return Documented(True, f"{_AT_REST}: always with data tiering")
    return Documented(engine == "valkey", _GROUP_API)


def _tls(view: View) -> Reading:
    """Return whether plain connections are refused; the mode `preferred` takes both."""
    enabled = view.first("transit_encryption_enabled", "TransitEncryptionEnabled")
    mode = view.first("transit_encryption_mode", "TransitEncryptionMode")
    if mode.absent or as_bool(enabled.value) is False:
        return enabled
    if mode.known and isinstance(enabled.value, Unresolved) and str(mode.value).lower() == "required":
        return enabled
    if not mode.known:
        why = (
            mode.value
            if isinstance(mode.value, Unresolved)
            else Unresolved(f"the mode is {mode.value}", "scan the plan")
        )
        return Reading(why, mode.resource, mode.path)
    return Reading(str(mode.value).lower() == "required", mode.resource, mode.path)


def _without_tls(view: View) -> Any:
    """Return that no TLS version is spoken at all, or `ABSENT` where one may be."""
    enabled = view.first("transit_encryption_enabled", "TransitEncryptionEnabled")
    if enabled.absent or as_bool(enabled.value) is False:
        return NotApplicable("it does not speak TLS, which is judged", enabled.resource, enabled.path)
    return Reading(ABSENT, view.resource)


def _oldest(view: View) -> Any:
    """Return why the oldest TLS version cannot be told: engines before Redis 6 are not in the page's list."""
    none = _without_tls(view)
    if isinstance(none, NotApplicable):
        return none
    version = view.first("engine_version", "EngineVersion")
    major = str(version.value).partition(".")[0]
    if version.known and major.isdecimal() and int(major) <= _LAST_UNLISTED:
        why = Unresolved(f"what TLS versions Redis {major} speaks is not documented", "use a newer engine")
        return Reading(why, version.resource, version.path)
    return none


def _authenticated(view: View) -> Any:
    """Return whether a client must prove who it is: a token, or a user group."""
    if view.dialect == "api":
        token = view.read("AuthTokenEnabled")
        groups = view.first("UserGroupIds", "UserGroupId")
        listed = filled(groups) if isinstance(groups.value, list) else groups
        if as_bool(token.value) is True or listed.absent or listed.value in (False, ""):
            return token
        return listed if isinstance(listed.value, Unresolved) else Reading(True, groups.resource, groups.path)
    reading = view.first(
        "auth_token", "AuthToken", "user_group_ids", "UserGroupIds", "user_group_id", "UserGroupId"
    )
    value = reading.value
    if reading.absent or (isinstance(value, Unresolved) and "{{resolve:" not in value.expression):
        return reading
    if isinstance(value, list):
        return filled(reading)
    # A dynamic reference names a token, whatever part of its name is known only at deployment.
    named = isinstance(value, (Reference, Unresolved)) or bool(value)
    return Reading(named, reading.resource, reading.path)


def _switched(value: Any) -> bool | None:
    """Return a truth value for the API's enabled, disabled, enabling, disabling."""
    word = str(value).lower()
    return {"enabling": True, "disabling": False}.get(word, as_bool(value))


def _kept(days: Any) -> bool | None:
    number = as_int(days)
    return None if number is None else number > 0


_TLS = Documented("1.2", _IN_TRANSIT)
_token = written_down("auth_token", "AuthToken")
_SNAPSHOTS = spelled("snapshot_retention_limit", "SnapshotRetentionLimit")
_NO_BACKUP = Documented(False, _GROUP_API)
_PRIVATE = Documented(False, "docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html")
_TAGS = tagged("list_tags_for_resource/TagList")

GROUP: Facts = {
    "engine": Fact(**spelled("engine", "Engine"), default=Documented("redis", _GROUP_API)),
    "encryption.at_rest": Fact(
        **spelled("at_rest_encryption_enabled", "AtRestEncryptionEnabled"), default=_engine_default
    ),
    "encryption.customer_managed_key": Fact(
        **customer_key("kms_key_id", "KmsKeyId"), default=Documented(False, _AT_REST)
    ),
    "tls.required": Fact(**spelled(_tls, _tls), default=Documented(False, _GROUP_API)),
    "tls.min_version": Fact(**spelled(_oldest, _oldest), default=_TLS),
    "network.allowed_sources": Fact(not_applicable="its security groups say who gets in, and are judged"),
    "auth.required": Fact(**spelled(_authenticated, _authenticated), default=Documented(False, _GROUP_API)),
    "inline_secrets": Fact(terraform=_token, cloudformation=_token, api=not_shown),
    "backup.enabled": Fact(**_SNAPSHOTS, using=_kept, default=_NO_BACKUP),
    "backup.retention_days": Fact(**_SNAPSHOTS, default=Documented(0, _GROUP_API)),
    "ha.automatic_failover": Fact(
        terraform="automatic_failover_enabled",
        cloudformation="AutomaticFailoverEnabled",
        api=At("AutomaticFailover", _switched),
        default=Documented(False, _GROUP_API),
    ),
    "ha.multi_zone": Fact(
        terraform="multi_az_enabled",
        cloudformation="MultiAZEnabled",
        api=At("MultiAZ", _switched),
        default=Documented(False, _GROUP_API),
    ),
    "network.public": Fact(always=_PRIVATE),
    "deletion_protection": Fact(not_applicable="ElastiCache has no deletion protection"),
    "tags": _TAGS,
}

_ONE_NODE = Documented(False, f"{_CLUSTER_API}: a cluster outside a replication group has no replica")
CLUSTER: Facts = {
    **GROUP,
    "engine": Fact(**spelled("engine", "Engine")),
    "encryption.at_rest": Fact(api="AtRestEncryptionEnabled", default=Documented(False, _CLUSTER_API)),
    "encryption.customer_managed_key": Fact(default=Documented(False, _CLUSTER_API)),
    "auth.required": Fact(api="AuthTokenEnabled", default=Documented(False, _CLUSTER_API)),
    "ha.automatic_failover": Fact(always=_ONE_NODE),
    "ha.multi_zone": Fact(always=_ONE_NODE),
}


def _tiny(fact: Fact) -> Fact:
    """Return `fact`, but not applicable to a node that cannot make backups at all."""

    def reader(spelling: Any) -> Any:
        def read(view: View) -> Any:
            size = view.first("node_type", "CacheNodeType")
            if size.value == "cache.t1.micro":
                return NotApplicable(
                    f"{size.value} cannot make backups ({_BACKUPS})", size.resource, size.path
                )
            return view.read(spelling)

        return read

    spellings = {name: reader(getattr(fact, name)) for name in ("terraform", "cloudformation", "api")}
    return Fact(**spellings, default=fact.default, using=fact.using)


_BACKUPS = "docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html"
_SAVED = ("backup.enabled", "backup.retention_days")
GROUP = {**GROUP, **{name: _tiny(GROUP[name]) for name in _SAVED}}
CLUSTER = {**CLUSTER, **{name: _tiny(CLUSTER[name]) for name in _SAVED}}

_IN_MEMORY = Fact(not_applicable="Memcached keeps nothing: it has no storage, snapshots or replicas")
MEMCACHED: Facts = {
    **CLUSTER,
    "tls.min_version": Fact(**spelled(_without_tls, _without_tls), default=_TLS),
    "encryption.at_rest": _IN_MEMORY,
    "encryption.customer_managed_key": _IN_MEMORY,
    "auth.required": Fact(not_applicable="Memcached on ElastiCache has no authentication"),
    "backup.enabled": _IN_MEMORY,
    "backup.retention_days": _IN_MEMORY,
    "ha.automatic_failover": _IN_MEMORY,
    "ha.multi_zone": Fact(
        terraform=At("az_mode", lambda mode: mode == "cross-az"),
        cloudformation=At("AZMode", lambda mode: mode == "cross-az"),
        api=At("PreferredAvailabilityZone", lambda zone: zone == "Multiple"),
        default=Documented(False, _CLUSTER_API),
    ),
}

_ALWAYS = Documented(True, _SERVERLESS)
SERVERLESS: Facts = {
    **GROUP,
    "engine": Fact(**spelled("engine", "Engine")),
    "encryption.at_rest": Fact(always=Documented(True, _AT_REST)),
    "tls.required": Fact(always=Documented(True, _IN_TRANSIT)),
    "tls.min_version": Fact(always=_TLS),
    "ha.automatic_failover": Fact(always=_ALWAYS),
    "ha.multi_zone": Fact(always=_ALWAYS),
}
SERVERLESS_MEMCACHED: Facts = {
    **SERVERLESS,
    "auth.required": MEMCACHED["auth.required"],
    "backup.enabled": Fact(not_applicable="a serverless Memcached cache has no snapshots"),
    "backup.retention_days": Fact(not_applicable="a serverless Memcached cache has no snapshots"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `cache` that the resource declares or reports; none for a member of a replication group."""
    type_ = view.resource.type.lower()
    memcached = str(view.get("engine") or view.get("Engine") or "").lower() == "memcached"
    if "serverless" in type_:
        facts = SERVERLESS_MEMCACHED if memcached else SERVERLESS
        name = key(view, "aws:elasticache:serverless/{}", _by(view, "name", "ServerlessCacheName"))
    elif "replication" in type_:
        facts = GROUP
        identifier = _by(view, "replication_group_id", "ReplicationGroupId")
        name = key(view, "aws:elasticache:replication-group/{}", identifier)
    elif (group := view.first("replication_group_id", "ReplicationGroupId")).absent or isinstance(
        group.value, Unresolved
    ):
        facts = MEMCACHED if memcached else CLUSTER
        if not group.absent:
            facts = {name: _of_group(fact) for name, fact in facts.items()}
        identifier = "ClusterName" if view.dialect == "cloudformation" else "CacheClusterId"
        name = key(view, "aws:elasticache:cluster/{}", _by(view, "cluster_id", identifier))
    else:
        return
    yield asset("cache", view, facts, name)


def _of_group(fact: Fact) -> Fact:
    """Return `fact` of a cluster that may belong to a replication group, which it has its settings from then."""
    if fact.not_applicable:
        return fact
    return Fact(**spelled(_group, _group))


def _group(view: View) -> Reading:
    return view.first("replication_group_id", "ReplicationGroupId")


def _by(view: View, terraform: str, other: str) -> str:
    return terraform if view.dialect == "terraform" else other
