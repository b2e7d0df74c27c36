"""ElastiCache on every plane: parity of groups and serverless caches, and what lone clusters and Memcached lack."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    denied,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)

SESSIONS = {
    "ReplicationGroupId": "sessions",
    "ARN": "arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:sessions",
    "Engine": "redis",
    "AtRestEncryptionEnabled": True,
    "TransitEncryptionEnabled": True,
    "TransitEncryptionMode": "required",
    "AuthTokenEnabled": True,
    "AutomaticFailover": "enabled",
    "MultiAZ": "enabled",
    "SnapshotRetentionLimit": 7,
    "list_tags_for_resource": {"TagList": [{"Key": "team", "Value": "web"}]},
}


def test_a_replication_group_is_the_same_on_every_plane() -> None:
    terraform = """
        variable "token" { type = string }
        resource "random_password" "token" { length = 64 }
        resource "aws_elasticache_replication_group" "sessions" {
          replication_group_id       = "sessions"
          description                = "sessions"
          engine                     = "redis"
          at_rest_encryption_enabled = true
          transit_encryption_enabled = true
          auth_token                 = random_password.token.result
          automatic_failover_enabled = true
          multi_az_enabled           = true
          snapshot_retention_limit   = 7
          tags                       = { team = "web" }
        }
    """
    template = """
        Resources:
          Sessions:
            Type: AWS::ElastiCache::ReplicationGroup
            Properties:
              ReplicationGroupId: sessions
              ReplicationGroupDescription: sessions
              Engine: redis
              AtRestEncryptionEnabled: true
              TransitEncryptionEnabled: true
              AuthToken: "{{resolve:secretsmanager:sessions}}"
              AutomaticFailoverEnabled: true
              MultiAZEnabled: true
              SnapshotRetentionLimit: 7
              Tags: [{Key: team, Value: web}]
    """
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.customer_managed_key": False,
            "tls.required": True,
            "auth.required": True,
            "ha.automatic_failover": True,
            "ha.multi_zone": True,
            "backup.enabled": True,
            "backup.retention_days": 7,
            "tags": {"team": "web"},
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("elasticache.describe_replication_groups", SESSIONS),
    )


def test_a_serverless_cache_is_the_same_on_every_plane() -> None:
    body = {"ServerlessCacheName": "pages", "ARN": "arn:pages", "Engine": "valkey", "UserGroupId": "people"}
    template = """
        Resources:
          Pages:
            Type: AWS::ElastiCache::ServerlessCache
            Properties: {ServerlessCacheName: pages, Engine: valkey, UserGroupId: people}
    """
    terraform = """
        resource "aws_elasticache_serverless_cache" "pages" {
          name          = "pages"
          engine        = "valkey"
          user_group_id = "people"
        }
    """
    assert_same(
        {"encryption.at_rest": True, "tls.required": True, "auth.required": True, "ha.multi_zone": True},
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("elasticache.describe_serverless_caches", body),
    )


def test_memcached_is_not_asked_for_what_it_cannot_have() -> None:
    body = {
        "CacheClusterId": "pages",
        "ARN": "arn:pages",
        "Engine": "memcached",
        "TransitEncryptionEnabled": False,
    }
    terraform = """
        resource "aws_elasticache_cluster" "pages" {
          cluster_id = "pages"
          engine     = "memcached"
        }
    """
    assert_same(
        {
            "encryption.at_rest": NOT_APPLICABLE,
            "auth.required": NOT_APPLICABLE,
            "backup.enabled": NOT_APPLICABLE,
            "tls.required": False,
        },
        terraform=from_terraform(terraform),
        api=from_api("elasticache.describe_cache_clusters", body),
    )


def test_a_member_of_a_group_is_no_cache_of_its_own() -> None:
    member = {"CacheClusterId": "sessions-001", "ReplicationGroupId": "sessions", "Engine": "redis"}
    assert from_api("elasticache.describe_cache_clusters", member) == []


@pytest.mark.parametrize(
    ("lines", "required"),
    [
        ('transit_encryption_enabled = true\n transit_encryption_mode = "preferred"', False),
        ("transit_encryption_enabled = true\n transit_encryption_mode = var.mode", UNKNOWN),
        ("transit_encryption_enabled = true", True),
        ("", False),
        ('engine = "valkey"', False),
    ],
)
def test_only_the_required_mode_refuses_plain_connections(lines: str, required: object) -> None:
    found = from_terraform(
        f"""
        variable "mode" {{ type = string }}
        resource "aws_elasticache_replication_group" "g" {{
          replication_group_id = "g"
          {lines}
        }}
        """
    )
    assert values(found[0], ["tls.required"]) == {"tls.required": required}


def test_a_written_token_is_a_secret_in_code() -> None:
    (found,) = from_terraform(
        """
        resource "aws_elasticache_replication_group" "g" {
          replication_group_id = "g"
          auth_token           = "correct-horse-battery-staple"
        }
        """
    )
    assert values(found, ["auth.required", "inline_secrets"]) == {
        "auth.required": True,
        "inline_secrets": True,
    }


def test_the_provider_encrypts_what_valkey_stores() -> None:
    (found,) = from_terraform(
        'resource "aws_elasticache_replication_group" "g" {\n replication_group_id = "g"\n engine = "valkey"\n}'
    )
    assert values(found, ["encryption.at_rest"]) == {"encryption.at_rest": True}


@pytest.mark.parametrize(
    ("lines", "encrypted", "oldest"),
    [
        ("Engine: valkey", True, "1.2"),
        ("Engine: redis", False, "1.2"),
        ("Engine: redis\n      DataTieringEnabled: true", True, "1.2"),
        ("Engine: redis\n      EngineVersion: 5.0.6", False, UNKNOWN),
    ],
)
def test_what_a_group_does_by_itself_hangs_on_its_engine(lines: str, encrypted: bool, oldest: str) -> None:
    (found,) = from_cloudformation(f"""
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      TransitEncryptionEnabled: true
      {lines}
""")
    told = values(found, ["encryption.at_rest", "tls.min_version"])
    assert told == {"encryption.at_rest": encrypted, "tls.min_version": oldest}


@pytest.mark.parametrize(
    ("line", "oldest"), [("", NOT_APPLICABLE), ("TransitEncryptionEnabled: false", NOT_APPLICABLE)]
)
def test_without_tls_there_is_no_oldest_version(line: str, oldest: str) -> None:
    (found,) = from_cloudformation(f"""
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: redis
      {line}
""")
    assert values(found, ["tls.required", "tls.min_version"]) == {
        "tls.required": False,
        "tls.min_version": oldest,
    }


SERVERLESS = """
resource "aws_elasticache_serverless_cache" "a" {
  engine = "valkey"
  name   = "a"
}
"""
MEMCACHED = """
resource "aws_elasticache_cluster" "a" {
  engine                     = "memcached"
  engine_version             = "1.6.22"
  transit_encryption_enabled = true
}
"""


@pytest.mark.parametrize("resource", [SERVERLESS, MEMCACHED])
def test_what_speaks_tls_without_a_version_of_redis_speaks_1_2(resource: str) -> None:
    (found,) = from_terraform(resource)
    assert values(found, ["tls.required", "tls.min_version"]) == {
        "tls.required": True,
        "tls.min_version": "1.2",
    }


def test_memcached_without_tls_has_no_oldest_version() -> None:
    (found,) = from_terraform('resource "aws_elasticache_cluster" "a" {\n  engine = "memcached"\n}')
    assert values(found, ["tls.min_version"]) == {"tls.min_version": NOT_APPLICABLE}


def test_a_lone_cluster_is_the_same_on_every_plane() -> None:
    body = {
        "CacheClusterId": "pages",
        "Engine": "memcached",
        "TransitEncryptionEnabled": True,
        "PreferredAvailabilityZone": "Multiple",
        "list_tags_for_resource": {"TagList": [{"Key": "team", "Value": "web"}]},
    }
    template = """
        Resources:
          Pages:
            Type: AWS::ElastiCache::CacheCluster
            Properties:
              ClusterName: pages
              Engine: memcached
              TransitEncryptionEnabled: true
              AZMode: cross-az
              Tags: [{Key: team, Value: web}]
    """
    terraform = """
        resource "aws_elasticache_cluster" "pages" {
          cluster_id                 = "pages"
          engine                     = "memcached"
          transit_encryption_enabled = true
          az_mode                    = "cross-az"
          tags                       = { team = "web" }
        }
    """
    assert_same(
        {
            "tls.required": True,
            "tls.min_version": "1.2",
            "ha.multi_zone": True,
            "tags": {"team": "web"},
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("elasticache.describe_cache_clusters", body),
    )


def test_the_smallest_node_makes_no_backups_on_any_plane() -> None:
    body = {
        "ReplicationGroupId": "g",
        "CacheNodeType": "cache.t1.micro",
        "TransitEncryptionMode": "preferred",
    }
    terraform = """
        resource "aws_elasticache_replication_group" "g" {
          replication_group_id    = "g"
          node_type               = "cache.t1.micro"
          transit_encryption_mode = "preferred"
        }
    """
    template = """
        Resources:
          G:
            Type: AWS::ElastiCache::ReplicationGroup
            Properties:
              ReplicationGroupId: g
              CacheNodeType: cache.t1.micro
              TransitEncryptionMode: preferred
    """
    assert_same(
        {
            "backup.enabled": NOT_APPLICABLE,
            "backup.retention_days": NOT_APPLICABLE,
            "tls.required": False,
            "encryption.customer_managed_key": False,
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("elasticache.describe_replication_groups", body),
    )


@pytest.mark.parametrize(
    ("lines", "setting", "expected"),
    [
        ("transit_encryption_enabled = true\nengine_version = var.open", "tls.min_version", UNKNOWN),
        ('transit_encryption_enabled = var.open\nengine_version = "7.1"', "tls.min_version", UNKNOWN),
        ("engine = var.open", "encryption.at_rest", UNKNOWN),
        ("engine = var.open\nat_rest_encryption_enabled = true", "encryption.at_rest", True),
        ("data_tiering_enabled = var.open", "encryption.at_rest", UNKNOWN),
        ("auth_token = var.open", "auth.required", UNKNOWN),
        ('auth_token = var.open\nuser_group_ids = ["people"]', "auth.required", True),
        ("user_group_ids = [var.open]", "auth.required", UNKNOWN),
        ("user_group_ids = []", "auth.required", False),
        ("node_type = var.open\nsnapshot_retention_limit = 7", "backup.retention_days", 7),
        ("node_type = var.open", "backup.enabled", False),
    ],
)
def test_what_is_not_known_of_a_group(lines: str, setting: str, expected: object) -> None:
    (found,) = from_terraform(
        f'variable "open" {{}}\nresource "aws_elasticache_replication_group" "g" {{\n{lines}\n}}'
    )
    assert values(found, [setting]) == {setting: expected}


def test_a_dynamic_reference_names_a_token_though_a_part_of_it_is_not_known() -> None:
    (found,) = from_cloudformation("""
Parameters: {Name: {Type: String}}
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      AuthToken: !Sub "{{resolve:secretsmanager:${Name}}}"
""")
    assert values(found, ["auth.required", "inline_secrets"]) == {
        "auth.required": True,
        "inline_secrets": False,
    }


def test_a_cluster_that_may_belong_to_a_group_has_no_settings_that_are_known() -> None:
    (found,) = from_terraform("""
        variable "group" {}
        resource "aws_elasticache_cluster" "c" {
          cluster_id           = "c"
          replication_group_id = var.group
        }
    """)
    names = ["tls.required", "ha.multi_zone", "encryption.at_rest", "backup.enabled"]
    assert values(found, names) == dict.fromkeys(names, UNKNOWN)


@pytest.mark.parametrize(
    ("members", "oldest"),
    [
        ([{"EngineVersion": "7.1.0"}], "1.2"),
        ([{"EngineVersion": "5.0.6"}], UNKNOWN),
        (denied("elasticache:DescribeCacheClusters"), UNKNOWN),
    ],
)
def test_the_version_of_a_group_is_its_members(members: object, oldest: str) -> None:
    (found,) = from_api(
        "elasticache.describe_replication_groups", SESSIONS | {"describe_cache_clusters": members}
    )
    assert values(found, ["tls.min_version"]) == {"tls.min_version": oldest}
