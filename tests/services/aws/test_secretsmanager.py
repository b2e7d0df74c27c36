"""Secrets on every plane: rotation schedules, policies, and values written in code."""

from __future__ import annotations

import json
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


def _in_terraform(*lines: str, beside: str = "") -> Any:
    found = from_terraform(
        f"""
        variable "given" {{ type = string }}
        resource "aws_secretsmanager_secret" "orders" {{
          name = "orders"
          {" ".join(lines)}
        }}
        {beside}
        """
    )
    return next(each for each in found if each.resource.type == "aws_secretsmanager_secret")


@pytest.mark.parametrize(
    ("terraform", "template", "api", "own"),
    [
        ("aws_kms_key.k.arn", "!GetAtt K.Arn", "arn:aws:kms:eu-west-1:1:key/k", True),
        ('"alias/aws/secretsmanager"', "alias/aws/secretsmanager", "alias/aws/secretsmanager", False),
    ],
)
def test_the_key_of_a_secret_is_the_same_on_every_plane(
    terraform: str, template: str, api: str, own: bool
) -> None:
    text = f"""
        Resources:
          K: {{Type: AWS::KMS::Key, Properties: {{EnableKeyRotation: true}}}}
          Orders: {{Type: AWS::SecretsManager::Secret, Properties: {{Name: orders, KmsKeyId: {template}}}}}
    """
    live = {**_secret(), "KmsKeyId": api, "describe_key": {"KeyMetadata": {"KeyManager": "CUSTOMER"}}}
    assert_same(
        {"encryption.customer_managed_key": own, "expires": NOT_APPLICABLE, "external": True},
        terraform=[_in_terraform(f"kms_key_id = {terraform}", beside='resource "aws_kms_key" "k" {}')],
        cloudformation=[each for each in from_cloudformation(dedent(text)) if each.kind == "secret"],
        api=from_api("secretsmanager.list_secrets", live),
    )


@pytest.mark.parametrize(
    ("describe_key", "own"),
    [
        ({"KeyMetadata": {"KeyManager": "AWS"}}, False),
        (denied("kms:DescribeKey"), UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_who_manages_a_key_is_what_the_account_reports(describe_key: Any, own: object) -> None:
    body = {**_secret(), "KmsKeyId": "arn:aws:kms:eu-west-1:1:key/k", "describe_key": describe_key}
    (found,) = from_api("secretsmanager.list_secrets", body)
    assert values(found, ["encryption.customer_managed_key"]) == {"encryption.customer_managed_key": own}


def test_the_window_of_recovery_is_stated_in_terraform_only() -> None:
    template = "Resources: {Orders: {Type: AWS::SecretsManager::Secret, Properties: {Name: orders}}}"
    found = [
        _in_terraform("recovery_window_in_days = 7"),
        _in_terraform(),
        *from_cloudformation(template),
        *from_api("secretsmanager.list_secrets", _secret()),
    ]
    windows = [values(each, ["recovery_window_days"])["recovery_window_days"] for each in found]
    assert windows == [7, 30, NOT_APPLICABLE, NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("line", "rotation"),
    [('rotation_lambda_arn = "arn"', True), ("rotation_lambda_arn = var.given", UNKNOWN)],
)
def test_a_function_that_may_be_null_does_not_rotate_for_certain(line: str, rotation: object) -> None:
    assert values(_in_terraform(line), ["rotation"]) == {"rotation": rotation}


VERSION = """
    resource "aws_secretsmanager_secret_version" "v" {{
      secret_id     = {secret}
      secret_string = {text}
    }}
"""


@pytest.mark.parametrize(
    ("secret", "text", "inline"),
    [
        ("aws_secretsmanager_secret.orders.id", '"correct-horse-battery"', True),
        ("aws_secretsmanager_secret.orders.id", "var.given", False),
        ("var.given", '"correct-horse-battery"', UNKNOWN),
    ],
)
def test_a_version_that_may_be_of_the_secret_leaves_it_unknown(
    secret: str, text: str, inline: object
) -> None:
    found = _in_terraform(beside=VERSION.format(secret=secret, text=text))
    assert values(found, ["inline"]) == {"inline": inline}


@pytest.mark.parametrize(
    ("value", "inline"),
    [
        ("SecretString: horse", True),
        ("SecretString: '{{resolve:ssm:x}}'", False),
        ("Description: none", False),
    ],
)
def test_a_template_writes_the_value_into_the_secret(value: str, inline: object) -> None:
    template = f"""
        Resources:
          Orders: {{Type: AWS::SecretsManager::Secret, Properties: {{Name: orders, {value}}}}}
    """
    (found,) = from_cloudformation(dedent(template))
    assert values(found, ["inline"]) == {"inline": inline}


def test_of_a_secret_declared_elsewhere_only_its_policy_is_known() -> None:
    """It was taken for one that rotates and has no value in code."""
    (found,) = from_terraform(
        f"""
        resource "aws_secretsmanager_secret_policy" "p" {{
          secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf"
          policy     = jsonencode({json.dumps(OPEN)})
        }}
        """
    )
    expected = {"policy.public": True, "rotation": UNKNOWN, "rotation_days": UNKNOWN, "inline": UNKNOWN}
    assert values(found, expected) == expected
