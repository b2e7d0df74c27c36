"""What a real endpoint answers about data services becomes the same settings as the recorded answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import from_account, values

if TYPE_CHECKING:
    from tests.servers.aws import Aws


@pytest.fixture(autouse=True)
def credentials(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in aws.environment.items():
        monkeypatch.setenv(name, value)


def _told(aws: Aws, kind: str, *names: str) -> dict[str, dict[str, Any]]:
    return {each.name: values(each, names) for each in from_account(aws, kind)}


def test_buckets(aws: Aws) -> None:
    s3 = aws.client("s3")
    there = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}
    s3.create_bucket(Bucket="orders", **there)
    s3.create_bucket(Bucket="bare", **there)
    s3.put_bucket_versioning(Bucket="orders", VersioningConfiguration={"Status": "Enabled"})
    block = dict.fromkeys(
        ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True
    )
    s3.put_public_access_block(Bucket="orders", PublicAccessBlockConfiguration=block)
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    s3.put_bucket_policy(Bucket="orders", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    told = _told(aws, "object_store", "versioning", "tls.required", "public_access_blocked", "policy.public")
    assert told["orders"] == {
        "versioning": True,
        "tls.required": True,
        "public_access_blocked": True,
        "policy.public": False,
    }
    assert told["bare"] == {
        "versioning": False,
        "tls.required": False,
        "public_access_blocked": False,
        "policy.public": False,
    }


def test_databases(aws: Aws) -> None:
    rds = aws.client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="orders",
        DBInstanceClass="db.t3.micro",
        Engine="postgres",
        EngineVersion="16.4",
        MasterUsername="orders",
        MasterUserPassword="correct-horse",
        AllocatedStorage=20,
        StorageEncrypted=True,
        BackupRetentionPeriod=14,
        DeletionProtection=True,
        PubliclyAccessible=False,
    )
    told = _told(
        aws,
        "database",
        "encryption.at_rest",
        "backup.retention_days",
        "deletion_protection",
        "network.public",
    )
    assert told == {
        "orders": {
            "encryption.at_rest": True,
            "backup.retention_days": 14,
            "deletion_protection": True,
            "network.public": False,
        }
    }


def test_keys_secrets_and_logs(aws: Aws) -> None:
    kms = aws.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.enable_key_rotation(KeyId=key["KeyId"])
    kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
    logs = aws.client("logs")
    logs.create_log_group(logGroupName="/app", kmsKeyId=key["Arn"])
    logs.put_retention_policy(logGroupName="/app", retentionInDays=400)
    aws.client("secretsmanager").create_secret(
        Name="orders", SecretString="correct-horse", KmsKeyId=key["Arn"]
    )

    keys = _told(aws, "encryption_key", "rotation", "policy.public")
    assert keys[key["KeyId"]] == {"rotation": True, "policy.public": False}
    assert sorted(str(each["rotation"]) for each in keys.values()) == ["(not applicable)", "True"]
    stores = _told(aws, "log_store", "logs.retention_days", "encryption.customer_managed_key")
    assert stores == {"/app": {"logs.retention_days": 400, "encryption.customer_managed_key": True}}
    secrets = _told(aws, "secret", "encryption.customer_managed_key", "rotation", "policy.public")
    assert secrets == {
        "orders": {"encryption.customer_managed_key": True, "rotation": False, "policy.public": False}
    }


def test_trails(aws: Aws) -> None:
    aws.client("s3").create_bucket(
        Bucket="trail", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    trails = aws.client("cloudtrail")
    trails.create_trail(
        Name="account", S3BucketName="trail", IsMultiRegionTrail=True, EnableLogFileValidation=True
    )
    trails.start_logging(Name="account")
    told = _told(aws, "audit_trail", "audit.enabled", "multi_region", "validated", "covers", "logs.central")
    assert told == {
        "account": {
            "audit.enabled": True,
            "multi_region": True,
            "validated": True,
            "covers": ["management"],
            "logs.central": False,
        }
    }


def test_volumes_and_snapshots(aws: Aws) -> None:
    ec2 = aws.client("ec2")
    volume = ec2.create_volume(AvailabilityZone="eu-west-1a", Size=10, Encrypted=True)["VolumeId"]
    snapshot = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    ec2.modify_snapshot_attribute(
        SnapshotId=snapshot,
        Attribute="createVolumePermission",
        OperationType="add",
        GroupNames=["all"],
    )
    volumes = _told(aws, "block_volume", "encryption.at_rest")
    assert volumes[volume] == {"encryption.at_rest": True}
    assert _told(aws, "snapshot", "network.public")[snapshot] == {"network.public": True}


def test_caches(aws: Aws) -> None:
    aws.client("elasticache").create_replication_group(
        ReplicationGroupId="sessions",
        ReplicationGroupDescription="sessions",
        Engine="redis",
        CacheNodeType="cache.t3.micro",
        AtRestEncryptionEnabled=True,
        TransitEncryptionEnabled=True,
        AutomaticFailoverEnabled=True,
        NumCacheClusters=2,
        SnapshotRetentionLimit=3,
    )
    told = _told(
        aws, "cache", "encryption.at_rest", "tls.required", "ha.automatic_failover", "backup.retention_days"
    )
    assert told["sessions"] == {
        "encryption.at_rest": True,
        "tls.required": True,
        "ha.automatic_failover": True,
        "backup.retention_days": 3,
    }
