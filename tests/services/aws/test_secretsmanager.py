"""Secrets on every plane: rotation schedules, policies, and values written in code."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest

from tests.parity import UNKNOWN, assert_same, from_api, from_cloudformation, from_terraform, values

OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:*", "Resource": "*"}]}


def _secret(**rules: Any) -> dict[str, Any]:
    return {
        "Name": "orders",
        "ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf",
        "RotationEnabled": True,
        "RotationRules": rules,
        "get_resource_policy": {"ResourcePolicy": json.dumps(OPEN)},
        "Tags": [{"Key": "team", "Value": "orders"}],
    }


def test_a_secret_is_the_same_on_every_plane() -> None:
    terraform = f"""
        resource "aws_secretsmanager_secret" "orders" {{
          name = "orders"
          tags = {{ team = "orders" }}
        }}
        resource "aws_secretsmanager_secret_rotation" "orders" {{
          secret_id = aws_secretsmanager_secret.orders.id
          rotation_rules {{
            automatically_after_days = 30
          }}
        }}
        resource "aws_secretsmanager_secret_policy" "orders" {{
          secret_arn = aws_secretsmanager_secret.orders.arn
          policy     = <<POLICY
{json.dumps(OPEN)}
POLICY
        }}
    """
    template = f"""
        Resources:
          Orders:
            Type: AWS::SecretsManager::Secret
            Properties:
              Name: orders
              GenerateSecretString: {{PasswordLength: 30}}
              Tags: [{{Key: team, Value: orders}}]
          Rotation:
            Type: AWS::SecretsManager::RotationSchedule
            Properties: {{SecretId: !Ref Orders, RotationRules: {{AutomaticallyAfterDays: 30}}}}
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties: {{SecretId: !Ref Orders, ResourcePolicy: {json.dumps(OPEN)}}}
    """
    assert_same(
        {
            "encryption.at_rest": True,
            "encryption.customer_managed_key": False,
            "rotation": True,
            "rotation_days": 30,
            "policy.public": True,
            "tags": {"team": "orders"},
        },
        terraform=[each for each in from_terraform(terraform) if each.kind == "secret"],
        cloudformation=[each for each in from_cloudformation(dedent(template)) if each.kind == "secret"],
        api=from_api("secretsmanager.list_secrets", _secret(AutomaticallyAfterDays=30)),
    )


@pytest.mark.parametrize(
    ("schedule", "days"),
    [("rate(10 days)", 10), ("rate(36 hours)", 2), ("cron(0 8 1 * ? *)", UNKNOWN)],
)
def test_a_schedule_is_told_in_days_where_it_can_be(schedule: str, days: object) -> None:
    (found,) = from_api("secretsmanager.list_secrets", _secret(ScheduleExpression=schedule))
    assert values(found, ["rotation_days"]) == {"rotation_days": days}


def test_a_value_written_in_code_is_told_and_never_shown() -> None:
    found = from_terraform(
        """
        resource "aws_secretsmanager_secret" "orders" {
          name = "orders"
        }
        resource "aws_secretsmanager_secret_version" "orders" {
          secret_id     = aws_secretsmanager_secret.orders.id
          secret_string = "correct-horse-battery"
        }
        """
    )
    assert values(found[0], ["inline", "rotation"]) == {"inline": True, "rotation": False}
    assert "correct-horse" not in repr([each.resource for each in found])
