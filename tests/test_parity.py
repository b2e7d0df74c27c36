from __future__ import annotations

import pytest

from tests.parity import (
    UNKNOWN,
    assert_same,
    assert_same_assets,
    denied,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)

TERRAFORM = """
resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  storage_encrypted = true
}
"""
TEMPLATE = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, StorageEncrypted: true}
"""
ANSWER = {
    "DBInstanceIdentifier": "orders",
    "DBInstanceArn": "arn:aws:rds:eu-west-1:123456789012:db:orders",
    "Engine": "postgres",
    "StorageEncrypted": True,
}


def test_three_spellings_of_one_database_are_one_asset() -> None:
    assert_same(
        {"encryption.at_rest": True, "engine": "postgres"},
        terraform=from_terraform(TERRAFORM),
        cloudformation=from_cloudformation(TEMPLATE),
        api=from_api("rds.describe_db_instances", ANSWER),
    )


def test_a_different_value_is_told() -> None:
    with pytest.raises(AssertionError, match="api"):
        assert_same(
            {"encryption.at_rest": True},
            terraform=from_terraform(TERRAFORM),
            api=from_api("rds.describe_db_instances", {**ANSWER, "StorageEncrypted": False}),
        )


def test_a_different_key_is_told() -> None:
    with pytest.raises(AssertionError, match="aws:rds:db/others"):
        assert_same_assets(
            ["engine"],
            same_as=from_terraform(TERRAFORM),
            api=from_api("rds.describe_db_instances", {**ANSWER, "DBInstanceIdentifier": "others"}),
        )


def test_a_denied_detail_is_unknown() -> None:
    body = {**ANSWER, "StorageEncrypted": denied("rds:DescribeDBInstances")}

    assert values(from_api("rds.describe_db_instances", body)[0], ["encryption.at_rest"]) == {
        "encryption.at_rest": UNKNOWN
    }
