"""Trails on every plane: what they cover, where they go, and whether they are on."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from tests.parity import UNKNOWN, assert_same, denied, from_api, from_cloudformation, from_terraform, values

TRAIL: dict[str, Any] = {
    "Name": "account",
    "TrailARN": "arn:aws:cloudtrail:eu-west-1:123456789012:trail/account",
    "S3BucketName": "trail",
    "IsMultiRegionTrail": True,
    "LogFileValidationEnabled": True,
    "CloudWatchLogsLogGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*",
    "KmsKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1",
    "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
    "get_trail_status": {"IsLogging": True},
    "get_event_selectors": {
        "EventSelectors": [
            {
                "IncludeManagementEvents": True,
                "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}],
            }
        ]
    },
}


def test_a_trail_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "trail" {}
        resource "aws_cloudwatch_log_group" "trail" {
          name = "trail"
        }
        resource "aws_cloudtrail" "account" {
          name                       = "account"
          s3_bucket_name             = "trail"
          is_multi_region_trail      = true
          enable_log_file_validation = true
          cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
          kms_key_id                 = aws_kms_key.trail.arn
          event_selector {
            data_resource {
              type   = "AWS::S3::Object"
              values = ["arn:aws:s3"]
            }
          }
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
          Log: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: trail}}
          Trail:
            Type: AWS::CloudTrail::Trail
            Properties:
              TrailName: account
              S3BucketName: trail
              IsLogging: true
              IsMultiRegionTrail: true
              EnableLogFileValidation: true
              CloudWatchLogsLogGroupArn: !GetAtt Log.Arn
              KMSKeyId: !GetAtt Key.Arn
              EventSelectors:
                - DataResources: [{Type: "AWS::S3::Object", Values: ["arn:aws:s3"]}]
    """
    assert_same(
        {
            "audit.enabled": True,
            "multi_region": True,
            "validated": True,
            "logs.central": True,
            "encryption.customer_managed_key": True,
            "covers": ["data", "management"],
            "audit.events": ["reads", "writes", "admin"],
            "target": "trail",
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "audit_trail"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "audit_trail"],
        api=from_api("cloudtrail.describe_trails", TRAIL),
    )


def test_a_trail_that_says_nothing_covers_management_events_in_one_region() -> None:
    (found,) = from_terraform(
        """
        resource "aws_cloudtrail" "t" {
          name           = "t"
          s3_bucket_name = "b"
        }
        """
    )
    expected = {"audit.enabled": True, "covers": ["management"], "multi_region": False, "logs.central": False}
    assert values(found, expected) == expected


@pytest.mark.parametrize(
    ("answer", "enabled"),
    [
        ({"IsLogging": True}, True),
        ({"IsLogging": False}, False),
        (denied("cloudtrail:GetTrailStatus"), UNKNOWN),
    ],
)
def test_the_status_of_a_trail_is_what_the_account_says(answer: Any, enabled: object) -> None:
    (found,) = from_api("cloudtrail.describe_trails", {**TRAIL, "get_trail_status": answer})
    assert values(found, ["audit.enabled"]) == {"audit.enabled": enabled}


def test_advanced_selectors_tell_what_is_covered() -> None:
    selector = {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}
    body = {**TRAIL, "get_event_selectors": {"AdvancedEventSelectors": [selector]}}
    (found,) = from_api("cloudtrail.describe_trails", body)
    assert values(found, ["covers"]) == {"covers": ["data"]}


@pytest.mark.parametrize(
    ("kinds", "covers", "events"),
    [
        (["All"], ["data", "management"], ["reads", "writes", "admin"]),
        (["WriteOnly"], [], ["writes"]),
        (["ReadOnly"], [], ["reads"]),
        (["ReadOnly", "WriteOnly"], ["data", "management"], ["reads", "writes", "admin"]),
    ],
)
def test_reads_or_writes_alone_are_not_the_whole(
    kinds: list[str], covers: list[str], events: list[str]
) -> None:
    objects = [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]
    selectors = [{"ReadWriteType": each, "DataResources": objects} for each in kinds]
    body = {**TRAIL, "get_event_selectors": {"EventSelectors": selectors}}
    (found,) = from_api("cloudtrail.describe_trails", body)
    assert values(found, ["covers", "audit.events"]) == {"covers": covers, "audit.events": events}
