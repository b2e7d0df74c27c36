"""Snapshots of volumes and databases: encryption by what they are taken of, and sharing with everyone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parity import UNKNOWN, assert_same, denied, from_api, from_terraform, values


def _rds(attributes: Any) -> dict[str, Any]:
    return {
        "DBSnapshotIdentifier": "before",
        "DBSnapshotArn": "arn:aws:rds:eu-west-1:123456789012:snapshot:before",
        "Encrypted": True,
        "describe_db_snapshot_attributes": attributes,
    }


def _shared_with(*accounts: str) -> dict[str, Any]:
    attribute = {"AttributeName": "restore", "AttributeValues": list(accounts)}
    return {"DBSnapshotAttributesResult": {"DBSnapshotAttributes": [attribute]}}


def test_a_database_snapshot_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_db_instance" "orders" {
          identifier        = "orders"
          engine            = "mysql"
          storage_encrypted = true
        }
        resource "aws_db_snapshot" "before" {
          db_snapshot_identifier = "before"
          db_instance_identifier = aws_db_instance.orders.id
          shared_accounts        = ["all"]
        }
    """
    assert_same(
        {"encryption.at_rest": True, "network.public": True},
        terraform=[each for each in from_terraform(terraform) if each.kind == "snapshot"],
        api=from_api("rds.describe_db_snapshots", _rds(_shared_with("all"))),
    )


@pytest.mark.parametrize(
    ("attributes", "public"),
    [
        (_shared_with(), False),
        (_shared_with("123456789012"), False),
        (_shared_with("all"), True),
        (denied("rds:DescribeDBSnapshotAttributes"), UNKNOWN),
    ],
)
def test_only_all_is_everyone(attributes: Any, public: object) -> None:
    (found,) = from_api("rds.describe_db_snapshots", _rds(attributes))
    assert values(found, ["network.public"]) == {"network.public": public}


def test_a_cluster_snapshot_has_a_key_of_its_own_sort() -> None:
    attribute = {"AttributeName": "restore", "AttributeValues": ["all"]}
    body = {
        "DBClusterSnapshotIdentifier": "before",
        "StorageEncrypted": False,
        "describe_db_cluster_snapshot_attributes": {
            "DBClusterSnapshotAttributesResult": {"DBClusterSnapshotAttributes": [attribute]}
        },
    }
    (found,) = from_api("rds.describe_db_cluster_snapshots", body)
    assert found.key == "aws:rds:cluster-snapshot/before"
    expected = {"encryption.at_rest": False, "network.public": True}
    assert values(found, expected) == expected


@pytest.mark.parametrize(
    ("permissions", "public"),
    [([], False), ([{"UserId": "123456789012"}], False), ([{"Group": "all"}], True)],
)
def test_a_volume_snapshot_is_public_by_its_permissions(permissions: list[Any], public: bool) -> None:
    body = {
        "SnapshotId": "snap-1",
        "Encrypted": True,
        "describe_snapshot_attribute": {"CreateVolumePermissions": permissions},
    }
    (found,) = from_api("ec2.describe_snapshots", body)
    assert values(found, ["network.public"]) == {"network.public": public}


def test_a_snapshot_of_something_elsewhere_is_not_guessed() -> None:
    (found,) = from_terraform(
        """
        resource "aws_ebs_snapshot" "s" {
          volume_id = "vol-1"
        }
        """
    )
    assert values(found, ["encryption.at_rest"]) == {"encryption.at_rest": UNKNOWN}


def test_a_cluster_snapshot_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_rds_cluster" "ledger" {
          engine            = "aurora-mysql"
          storage_encrypted = false
        }
        resource "aws_db_cluster_snapshot" "before" {
          db_cluster_snapshot_identifier = "before"
          db_cluster_identifier          = aws_rds_cluster.ledger.id
          shared_accounts                = ["123456789012"]
          tags                           = { team = "ledger" }
        }
    """
    attribute = {"AttributeName": "restore", "AttributeValues": ["123456789012"]}
    body = {
        "DBClusterSnapshotIdentifier": "before",
        "StorageEncrypted": False,
        "TagList": [{"Key": "team", "Value": "ledger"}],
        "describe_db_cluster_snapshot_attributes": {
            "DBClusterSnapshotAttributesResult": {"DBClusterSnapshotAttributes": [attribute]}
        },
    }
    assert_same(
        {
            "encryption.at_rest": False,
            "encryption.customer_managed_key": False,
            "network.public": False,
            "tags": {"team": "ledger"},
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "snapshot"],
        api=from_api("rds.describe_db_cluster_snapshots", body),
    )


def test_a_volume_snapshot_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "k" {}
        resource "aws_ebs_snapshot_copy" "s" {
          source_snapshot_id = "snap-0"
          encrypted          = true
          kms_key_id         = aws_kms_key.k.arn
          tags               = { team = "shop" }
        }
        resource "aws_snapshot_create_volume_permission" "p" {
          snapshot_id = aws_ebs_snapshot_copy.s.id
          account_id  = "123456789012"
        }
    """
    body = {
        "SnapshotId": "snap-1",
        "Encrypted": True,
        "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
        "Tags": [{"Key": "team", "Value": "shop"}],
        "describe_snapshot_attribute": {"CreateVolumePermissions": [{"UserId": "123456789012"}]},
    }
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.customer_managed_key": True,
            "network.public": False,
            "tags": {"team": "shop"},
        },
        key=False,
        terraform=[each for each in from_terraform(terraform) if each.kind == "snapshot"],
        api=from_api("ec2.describe_snapshots", body),
    )


@pytest.mark.parametrize(
    ("account", "public"), [('"123456789012"', False), ('"all"', True), ("var.account", UNKNOWN)]
)
def test_an_account_that_is_not_known_may_be_everyone(account: str, public: object) -> None:
    (found,) = from_terraform(
        f"""
        variable "account" {{}}
        resource "aws_ebs_snapshot" "s" {{
          volume_id = "vol-1"
        }}
        resource "aws_snapshot_create_volume_permission" "p" {{
          snapshot_id = aws_ebs_snapshot.s.id
          account_id  = {account}
        }}
        """
    )
    assert values(found, ["network.public"]) == {"network.public": public}
