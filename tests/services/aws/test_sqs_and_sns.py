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
    """
    attributes = {"KmsMasterKeyId": "alias/aws/sqs", "RedrivePolicy": "{}"}
    assert_same(
        {"encryption.at_rest": True, "encryption.customer_managed_key": False, "dead_letter": True},
        terraform=[each for each in from_terraform(terraform) if each.kind == "queue"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "queue"],
        api=from_api("sqs.list_queues", {"value": URL, "get_queue_attributes": {"Attributes": attributes}}),
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
