"""Queues and topics on every plane: whose key encrypts what waits in them."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import (
    UNKNOWN,
    assert_same,
    denied,
    from_account,
    from_api,
    from_cloudformation,
    from_terraform,
    values,
)

if TYPE_CHECKING:
    from tests.servers.aws import Aws

URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"


def test_a_queue_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_sqs_queue" "jobs" {
          name              = "jobs"
          kms_master_key_id = "alias/aws/sqs"
          redrive_policy    = jsonencode({ deadLetterTargetArn = "arn:dead", maxReceiveCount = 5 })
          tags              = { team = "web" }
        }
    """
    template = """
        Resources:
          Jobs:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: jobs
              KmsMasterKeyId: alias/aws/sqs
              RedrivePolicy: {deadLetterTargetArn: "arn:dead", maxReceiveCount: 5}
              Tags: [{Key: team, Value: web}]
    """
    attributes = {"KmsMasterKeyId": "alias/aws/sqs", "RedrivePolicy": "{}"}
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.customer_managed_key": False,
            "dead_letter": True,
            "tags": {"team": "web"},
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "queue"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "queue"],
        api=from_api(
            "sqs.list_queues",
            {
                "value": URL,
                "get_queue_attributes": {"Attributes": attributes},
                "list_queue_tags": {"Tags": {"team": "web"}},
            },
        ),
    )


def test_a_topic_is_the_same_on_every_plane() -> None:
    template = """
        Resources:
          Alarms: {Type: AWS::SNS::Topic, Properties: {TopicName: alarms}}
    """
    body = {
        "TopicArn": "arn:aws:sns:eu-west-1:123456789012:alarms",
        "get_topic_attributes": {"Attributes": {}},
    }
    terraform = 'resource "aws_sns_topic" "alarms" {\n name = "alarms"\n}'
    assert_same(
        {"encryption.at_rest": False, "encryption.customer_managed_key": False},
        terraform=[each for each in from_terraform(terraform) if each.kind == "queue"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "queue"],
        api=[each for each in from_api("sns.list_topics", body) if each.kind == "queue"],
    )


def test_a_topic_with_a_key_is_the_same_on_every_plane() -> None:
    terraform = """
        resource "aws_kms_key" "k" {}
        resource "aws_sns_topic" "alarms" {
          name              = "alarms"
          kms_master_key_id = aws_kms_key.k.id
          tags              = { team = "web" }
        }
    """
    template = """
        Resources:
          Key: {Type: AWS::KMS::Key}
          Alarms:
            Type: AWS::SNS::Topic
            Properties: {TopicName: alarms, KmsMasterKeyId: !Ref Key, Tags: [{Key: team, Value: web}]}
    """
    body = {
        "TopicArn": "arn:aws:sns:eu-west-1:123456789012:alarms",
        "get_topic_attributes": {
            "Attributes": {"KmsMasterKeyId": "arn:aws:kms:eu-west-1:123456789012:key/k1"}
        },
        "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}},
        "list_tags_for_resource": {"Tags": [{"Key": "team", "Value": "web"}]},
    }
    assert_same(
        {"encryption.at_rest": True, "encryption.customer_managed_key": True, "tags": {"team": "web"}},
        terraform=[each for each in from_terraform(terraform) if each.kind == "queue"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "queue"],
        api=[each for each in from_api("sns.list_topics", body) if each.kind == "queue"],
    )


@pytest.mark.parametrize(
    ("key", "own", "encrypted"),
    [
        ("var.key", "true", True),
        ("var.key", "null", True),
        ("var.key", "false", UNKNOWN),
        ("var.key", "var.own", UNKNOWN),
        ("aws_kms_key.k.arn", "false", True),
        ("null", "var.own", UNKNOWN),
    ],
)
def test_a_key_that_is_not_known_may_be_none(key: str, own: str, encrypted: object) -> None:
    found = from_terraform(
        f"""
        variable "key" {{}}
        variable "own" {{}}
        resource "aws_kms_key" "k" {{}}
        resource "aws_sqs_queue" "jobs" {{
          kms_master_key_id       = {key}
          sqs_managed_sse_enabled = {own}
        }}
        """
    )
    queue = next(each for each in found if each.kind == "queue")
    assert values(queue, ["encryption.at_rest"]) == {"encryption.at_rest": encrypted}


def test_a_dead_letter_queue_may_be_set_by_a_resource_of_its_own() -> None:
    found = from_terraform(
        """
        resource "aws_sqs_queue" "jobs" {}
        resource "aws_sqs_queue" "none" {}
        resource "aws_sqs_queue_redrive_policy" "jobs" {
          queue_url      = aws_sqs_queue.jobs.id
          redrive_policy = jsonencode({ deadLetterTargetArn = "arn:dead", maxReceiveCount = 5 })
        }
        """
    )
    assert {each.address: values(each, ["dead_letter"])["dead_letter"] for each in found} == {
        "aws_sqs_queue.jobs": True,
        "aws_sqs_queue.none": False,
    }


@pytest.mark.parametrize(
    ("answer", "encrypted"),
    [
        ({"Attributes": {"SqsManagedSseEnabled": "true"}}, True),
        ({"Attributes": {"SqsManagedSseEnabled": "false"}}, False),
        ({"Attributes": {}}, False),
        (denied("sqs:GetQueueAttributes"), UNKNOWN),
    ],
)
def test_a_queue_without_a_key_has_what_the_account_says(answer: Any, encrypted: object) -> None:
    live = from_api("sqs.list_queues", {"value": URL, "get_queue_attributes": answer})
    (found,) = [each for each in live if each.kind == "queue"]
    assert values(found, ["encryption.at_rest"]) == {"encryption.at_rest": encrypted}


def test_a_real_endpoint_tells_the_attributes_of_a_queue(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in aws.environment.items():
        monkeypatch.setenv(name, value)
    aws.client("sqs").create_queue(QueueName="jobs", Attributes={"KmsMasterKeyId": "alias/aws/sqs"})
    told = {each.name: values(each, ["encryption.at_rest"]) for each in from_account(aws, "queue")}
    assert told == {"jobs": {"encryption.at_rest": True}}
