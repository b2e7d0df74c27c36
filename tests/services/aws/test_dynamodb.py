"""DynamoDB tables on every plane: parity, and how far back recovery reaches."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

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


def _table(**recovery: Any) -> dict[str, Any]:
    return {
        "value": "carts",
        "describe_table": {
            "Table": {
                "TableName": "carts",
                "DeletionProtectionEnabled": True,
                "SSEDescription": {"KMSMasterKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/k1"},
            }
        },
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
        "describe_continuous_backups": {
            "ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": recovery}
        },
        "list_tags_of_resource": {"Tags": [{"Key": "team", "Value": "shop"}]},
    }


def test_a_table_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "data" {}
        resource "aws_dynamodb_table" "carts" {
          name                        = "carts"
          deletion_protection_enabled = true
          tags                        = { team = "shop" }
          server_side_encryption {
            enabled     = true
            kms_key_arn = aws_kms_key.data.arn
          }
          point_in_time_recovery {
            enabled = true
          }
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
          Carts:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: carts
              DeletionProtectionEnabled: true
              SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn}
              PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
              Tags: [{Key: team, Value: shop}]
    """
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.customer_managed_key": True,
            "backup.enabled": True,
            "backup.retention_days": 35,
            "deletion_protection": True,
            "ha.multi_zone": True,
            "network.public": NOT_APPLICABLE,
            "tls.required": NOT_APPLICABLE,
            "tags": {"team": "shop"},
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "database"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "database"],
        api=from_api("dynamodb.list_tables", _table(PointInTimeRecoveryStatus="ENABLED")),
    )


@pytest.mark.parametrize(
    ("recovery", "days"),
    [
        ({"PointInTimeRecoveryStatus": "DISABLED"}, 0),
        ({"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 7}, 7),
    ],
)
def test_recovery_reaches_as_far_back_as_the_account_says(recovery: dict[str, Any], days: int) -> None:
    (found,) = from_api("dynamodb.list_tables", _table(**recovery))
    assert values(found, ["backup.retention_days"]) == {"backup.retention_days": days}


def test_a_denied_call_leaves_recovery_unknown() -> None:
    body = {**_table(), "describe_continuous_backups": denied("dynamodb:DescribeContinuousBackups")}
    (found,) = from_api("dynamodb.list_tables", body)
    assert values(found, ["backup.enabled"]) == {"backup.enabled": UNKNOWN}
