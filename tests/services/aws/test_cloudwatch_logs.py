"""Log groups on every plane: how long they keep, and whose key they have."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.parity import (
    NOT_APPLICABLE,
    UNKNOWN,
    assert_same,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)
from tfaudit.services.aws.logs.cloudwatch_logs import FOREVER_DAYS


def test_a_log_group_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "logs" {}
        resource "aws_cloudwatch_log_group" "app" {
          name              = "/app"
          retention_in_days = 400
          kms_key_id        = aws_kms_key.logs.arn
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
          App:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: /app, RetentionInDays: 400, KmsKeyId: !GetAtt Key.Arn}
    """
    body = {
        "logGroupName": "/app",
        "logGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:/app",
        "retentionInDays": 400,
        "kmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
    }
    assert_same(
        {"encryption.customer_managed_key": True, "logs.retention_days": 400},
        terraform=[each for each in from_terraform(terraform) if each.kind == "log_store"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "log_store"],
        api=from_api("logs.describe_log_groups", body),
    )


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("", FOREVER_DAYS),
        ("retention_in_days = 0", FOREVER_DAYS),
        ("retention_in_days = 30", 30),
        ("retention_in_days = var.days", UNKNOWN),
        ('log_group_class = "DELIVERY"', NOT_APPLICABLE),
    ],
)
def test_no_retention_means_for_ever(line: str, days: object) -> None:
    found = from_terraform(
        f"""
        variable "days" {{ type = number }}
        resource "aws_cloudwatch_log_group" "app" {{
          name = "/app"
          {line}
        }}
        """
    )
    assert values(found[0], ["logs.retention_days"]) == {"logs.retention_days": days}


def test_protection_and_tags_are_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_cloudwatch_log_group" "app" {
          name                        = "/app"
          deletion_protection_enabled = true
          tags                        = { team = "shop" }
        }
    """
    template = """
        Resources:
          App:
            Type: AWS::Logs::LogGroup
            Properties:
              LogGroupName: /app
              DeletionProtectionEnabled: true
              Tags: [{Key: team, Value: shop}]
    """
    body = {
        "logGroupName": "/app",
        "deletionProtectionEnabled": True,
        "list_tags_for_resource": {"tags": {"team": "shop"}},
    }
    assert_same(
        {
            "logs.retention_days": FOREVER_DAYS,
            "encryption.customer_managed_key": False,
            "tags": {"team": "shop"},
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("logs.describe_log_groups", body),
    )


def test_a_class_that_is_not_known_leaves_it_open_whether_days_count() -> None:
    found = from_terraform(
        """
        variable "class" { type = string }
        resource "aws_cloudwatch_log_group" "app" {
          name              = "/app"
          log_group_class   = var.class
          retention_in_days = 400
        }
        """
    )
    assert values(found[0], ["logs.retention_days"]) == {"logs.retention_days": UNKNOWN}


def test_days_that_are_no_number_are_unknown() -> None:
    body = {"logGroupName": "/app", "retentionInDays": "many", "logGroupClass": "STANDARD"}
    (found,) = from_api("logs.describe_log_groups", body)
    assert values(found, ["logs.retention_days"]) == {"logs.retention_days": UNKNOWN}


def test_no_days_are_placed_where_they_would_stand() -> None:
    body = {"logGroupName": "/app", "logGroupClass": "STANDARD"}
    (found,) = from_api("logs.describe_log_groups", body)
    assert found.settings["logs.retention_days"].path == ()
