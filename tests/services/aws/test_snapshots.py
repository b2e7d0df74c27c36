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
