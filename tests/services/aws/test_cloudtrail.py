"""Trails on every plane: what they cover, where they go, and whether they are on."""

from __future__ import annotations

import json
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


TAGGED = """
    Resources:
      Trail:
        Type: AWS::CloudTrail::Trail
        Properties:
          TrailName: account
          S3BucketName: trail
          IsLogging: false
          EventSelectors: [{IncludeManagementEvents: false, ReadWriteType: WriteOnly, DataResources: [{Type: x}]}]
          Tags: [{Key: team, Value: audit}]
"""


def test_a_trail_that_is_off_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_cloudtrail" "account" {
          name           = "account"
          s3_bucket_name = "trail"
          enable_logging = false
          tags           = { team = "audit" }
          event_selector {
            include_management_events = false
            read_write_type           = "WriteOnly"
            data_resource {
              type   = "AWS::S3::Object"
              values = ["arn:aws:s3"]
            }
          }
        }
    """
    selector = {
        "IncludeManagementEvents": False,
        "ReadWriteType": "WriteOnly",
        "DataResources": [{"Type": "x"}],
    }
    body = {
        "Name": "account",
        "S3BucketName": "trail",
        "get_trail_status": {"IsLogging": False},
        "get_event_selectors": {"EventSelectors": [selector]},
        "list_tags": [{"TagsList": [{"Key": "team", "Value": "audit"}]}],
    }
    assert_same(
        {
            "audit.enabled": False,
            "multi_region": False,
            "validated": False,
            "logs.central": False,
            "encryption.customer_managed_key": False,
            "covers": [],
            "audit.events": ["writes"],
            "tags": {"team": "audit"},
        },
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(TAGGED)),
        api=from_api("cloudtrail.describe_trails", body),
    )


def test_advanced_selectors_are_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_cloudtrail" "account" {
          name           = "account"
          s3_bucket_name = "trail"
          advanced_event_selector {
            field_selector {
              field  = "eventCategory"
              equals = ["Data"]
            }
          }
          advanced_event_selector {
            field_selector {
              field  = "eventCategory"
              equals = ["Management"]
            }
          }
        }
    """
    advanced = [
        {"FieldSelectors": [{"Field": "eventCategory", "Equals": [each]}]} for each in ("Data", "Management")
    ]
    template = f"""
        Resources:
          Trail:
            Type: AWS::CloudTrail::Trail
            Properties:
              TrailName: account
              S3BucketName: trail
              IsLogging: true
              AdvancedEventSelectors: {json.dumps(advanced)}
    """
    body = {**TRAIL, "get_event_selectors": {"EventSelectors": [], "AdvancedEventSelectors": advanced}}
    assert_same(
        {"covers": ["data", "management"], "audit.events": ["reads", "writes", "admin"]},
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("cloudtrail.describe_trails", body),
    )
    (found,) = from_api("cloudtrail.describe_trails", body)
    assert found.settings["covers"].path == ("get_event_selectors", "AdvancedEventSelectors")


def test_advanced_selectors_without_a_category_do_not_tell() -> None:
    advanced = [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}, {"FieldSelectors": []}]
    body = {**TRAIL, "get_event_selectors": {"AdvancedEventSelectors": advanced}}
    (found,) = from_api("cloudtrail.describe_trails", body)
    assert values(found, ["covers"]) == {"covers": UNKNOWN}
    assert found.settings["covers"].path == ("get_event_selectors", "AdvancedEventSelectors", 1)


@pytest.mark.parametrize(
    ("lines", "covers"),
    [
        ("include_management_events = var.given", UNKNOWN),
        ("read_write_type = var.given", UNKNOWN),
        (
            'dynamic "data_resource" {\n for_each = var.given\n content {\n type = "x"\n values = []\n }\n }',
            UNKNOWN,
        ),
    ],
)
def test_a_selector_with_a_part_that_is_not_known_is_not_known(lines: str, covers: object) -> None:
    """Data events that may be recorded were taken for recorded."""
    (found,) = from_terraform(
        f"""
        variable "given" {{}}
        resource "aws_cloudtrail" "t" {{
          name           = "t"
          s3_bucket_name = "b"
          event_selector {{
            {lines}
          }}
        }}
        """
    )
    assert values(found, ["covers"]) == {"covers": covers}


@pytest.mark.parametrize(
    ("group", "central"),
    [
        ('"${aws_cloudwatch_log_group.g.arn}:*"', True),
        ('"${var.given}:*"', True),
        ("var.given", UNKNOWN),
        ("aws_cloudwatch_log_group.g.arn", True),
        ('""', False),
    ],
)
def test_text_around_an_expression_names_a_group(group: str, central: object) -> None:
    found = from_terraform(
        f"""
        variable "given" {{}}
        resource "aws_cloudwatch_log_group" "g" {{ name = "g" }}
        resource "aws_cloudtrail" "t" {{
          name                       = "t"
          s3_bucket_name             = "b"
          cloud_watch_logs_group_arn = {group}
        }}
        """
    )
    trail = next(each for each in found if each.kind == "audit_trail")
    assert values(trail, ["logs.central"]) == {"logs.central": central}
