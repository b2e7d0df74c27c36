"""Policies that queues, topics, repositories and functions hold, on every plane."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset

OPEN = json.dumps(
    {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": "*"}]}
)


def of_policies(found: list[Asset]) -> list[Asset]:
    return [each for each in found if each.kind == "access_policy"]


TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders"


def test_a_topics_policy_is_the_same_on_every_plane() -> None:
    terraform = f"""
resource "aws_sns_topic" "orders" {{
  name = "orders"
}}
resource "aws_sns_topic_policy" "orders" {{
  arn    = aws_sns_topic.orders.arn
  policy = jsonencode({OPEN})
}}
"""
    template = f"""
Resources:
  Orders:
    Type: AWS::SNS::Topic
    Properties: {{TopicName: orders}}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties: {{Topics: [!Ref Orders], PolicyDocument: {OPEN}}}
"""
    assert_same(
        {"public_principal": True, "tls_enforced": False, "principals": ["*"], "admin": NOT_APPLICABLE},
        terraform=of_policies(from_terraform(terraform)),
        cloudformation=of_policies(from_cloudformation(template)),
        api=of_policies(
            from_api(
                "sns.list_topics",
                {"TopicArn": TOPIC, "get_topic_attributes": {"Attributes": {"Policy": OPEN}}},
            )
        ),
    )


def test_a_resource_without_a_policy_yields_nothing() -> None:
    assert of_policies(from_terraform('resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n')) == []
    assert (
        from_api("ecr.describe_repositories", {"repositoryName": "web", "get_repository_policy": None}) == []
    )


def test_a_policy_that_may_not_be_read_is_unknown() -> None:
    body = {"repositoryName": "web", "get_repository_policy": denied("ecr:GetRepositoryPolicy")}
    (found,) = from_api("ecr.describe_repositories", body)
    assert values(found, ["public_principal"]) == {"public_principal": UNKNOWN}


@pytest.mark.parametrize(
    ("attributes", "public"),
    [
        ('principal = "*"', True),
        ('principal = "*"\n  source_account = "123456789012"', False),
        ('principal = "apigateway.amazonaws.com"', False),
        ("principal = var.who", UNKNOWN),
    ],
)
def test_a_permission_on_a_function_is_public_without_a_source(attributes: str, public: object) -> None:
    text = f"""
variable "who" {{}}
resource "aws_lambda_permission" "p" {{
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  {attributes}
}}
"""
    (found,) = from_terraform(text)
    assert values(found, ["public_principal"]) == {"public_principal": public}


def test_a_search_domain_in_a_vpc_may_have_an_open_policy() -> None:
    text = f"""
resource "aws_opensearch_domain" "d" {{
  domain_name     = "d"
  access_policies = jsonencode({OPEN})
  vpc_options {{
    subnet_ids = ["subnet-1"]
  }}
}}
"""
    (found,) = from_terraform(text)
    assert values(found, ["public_principal"]) == {"public_principal": NOT_APPLICABLE}
