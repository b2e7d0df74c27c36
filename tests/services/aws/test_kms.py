"""KMS keys on every plane: rotation, policy, and keys that are not the customer's or cannot rotate."""

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

OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}


def _key(policy: dict[str, Any] = OPEN, rotation: Any = True, **metadata: Any) -> dict[str, Any]:
    return {
        "KeyId": "k1",
        "KeyArn": "arn:aws:kms:eu-west-1:123456789012:key/k1",
        "describe_key": {
            "KeyMetadata": {
                "KeyManager": "CUSTOMER",
                "KeySpec": "SYMMETRIC_DEFAULT",
                "KeyState": "Enabled",
                "Origin": "AWS_KMS",
                **metadata,
            }
        },
        "get_key_rotation_status": {"KeyRotationEnabled": rotation},
        "get_key_policy": {"Policy": json.dumps(policy)},
    }


def test_a_key_is_the_same_on_every_plane() -> None:
    terraform = f"""
        resource "aws_kms_key" "data" {{
          enable_key_rotation = true
          policy              = <<POLICY
{json.dumps(OPEN)}
POLICY
        }}
    """
    template = f"""
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {{EnableKeyRotation: true, KeyPolicy: {json.dumps(OPEN)}}}
    """
    assert_same(
        {"rotation": True, "rotation_days": 365, "policy.public": True},
        key=False,
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(dedent(template)),
        api=from_api("kms.list_keys", _key()),
    )


@pytest.mark.parametrize(
    ("body", "rotation"),
    [
        (_key(rotation=False), False),
        (_key(KeySpec="RSA_2048"), NOT_APPLICABLE),
        (_key(Origin="EXTERNAL"), NOT_APPLICABLE),
        (_key(KeyState="PendingDeletion"), NOT_APPLICABLE),
        (_key(MultiRegionConfiguration={"MultiRegionKeyType": "REPLICA"}), NOT_APPLICABLE),
        ({**_key(), "get_key_rotation_status": denied("kms:GetKeyRotationStatus")}, UNKNOWN),
    ],
)
def test_rotation_is_asked_only_of_keys_that_can_rotate(body: dict[str, Any], rotation: object) -> None:
    (found,) = from_api("kms.list_keys", body)
    assert values(found, ["rotation"]) == {"rotation": rotation}


def test_a_key_of_aws_is_no_asset() -> None:
    assert from_api("kms.list_keys", _key(KeyManager="AWS")) == []


def test_a_key_without_a_policy_has_the_default_one() -> None:
    (found,) = from_terraform('resource "aws_kms_key" "k" {}')
    expected = {"rotation": False, "policy.public": False, "deletion_window_days": 30}
    assert values(found, expected) == expected


def test_a_key_that_is_held_outside_of_aws_is_in_no_module_that_aws_vouches_for() -> None:
    (inside,) = from_api("kms.list_keys", _key())
    (outside,) = from_api("kms.list_keys", _key(Origin="EXTERNAL_KEY_STORE"))
    assert values(inside, ["hsm"]) == {"hsm": True}
    assert values(outside, ["hsm"]) == {"hsm": UNKNOWN}


TAGGED_TERRAFORM = """
    resource "aws_kms_key" "data" {
      enable_key_rotation     = true
      rotation_period_in_days = 180
      deletion_window_in_days = 14
      tags                    = { team = "shop" }
    }
"""
TAGGED_TEMPLATE = """
    Resources:
      Key:
        Type: AWS::KMS::Key
        Properties:
          EnableKeyRotation: true
          RotationPeriodInDays: 180
          PendingWindowInDays: 14
          Tags: [{Key: team, Value: shop}]
"""


def test_days_tags_and_module_are_the_same_on_every_plane() -> None:
    body = {
        **_key(policy={"Statement": []}),
        "get_key_rotation_status": {"KeyRotationEnabled": True, "RotationPeriodInDays": 180},
        "list_resource_tags": {"Tags": [{"TagKey": "team", "TagValue": "shop"}]},
    }
    assert_same(
        {
            "rotation": True,
            "rotation_days": 180,
            "policy.public": False,
            "hsm": True,
            "expires": NOT_APPLICABLE,
            "tags": {"team": "shop"},
        },
        key=False,
        terraform=from_terraform(TAGGED_TERRAFORM),
        cloudformation=from_cloudformation(dedent(TAGGED_TEMPLATE)),
        api=from_api("kms.list_keys", body),
    )


def test_the_window_of_a_deletion_is_stated_in_code_only() -> None:
    (terraform,) = from_terraform(TAGGED_TERRAFORM)
    (template,) = from_cloudformation(dedent(TAGGED_TEMPLATE))
    (live,) = from_api("kms.list_keys", _key())
    found = [
        values(each, ["deletion_window_days"])["deletion_window_days"] for each in (terraform, template, live)
    ]
    assert found == [14, 14, NOT_APPLICABLE]


@pytest.mark.parametrize("type_", ["aws_kms_external_key", "aws_kms_replica_key"])
def test_a_key_of_a_type_that_does_not_rotate_is_not_asked(type_: str) -> None:
    (found,) = from_terraform(f'resource "{type_}" "k" {{}}')
    expected = {"rotation": NOT_APPLICABLE, "rotation_days": NOT_APPLICABLE, "deletion_window_days": 30}
    assert values(found, expected) == expected


def test_nothing_is_known_of_a_key_without_its_description() -> None:
    """It may be one that AWS manages, which is no asset: nothing of it is anybody's to set."""
    body = {**_key(), "describe_key": denied("kms:DescribeKey")}
    (found,) = from_api("kms.list_keys", body)
    expected = {"hsm": UNKNOWN, "rotation": UNKNOWN, "policy.public": UNKNOWN}
    assert values(found, expected) == expected


@pytest.mark.parametrize(
    ("lines", "rotation"),
    [
        ("enable_key_rotation = true", True),
        ("customer_master_key_spec = var.spec", UNKNOWN),
        ("customer_master_key_spec = var.spec\n enable_key_rotation = true", True),
        ("custom_key_store_id = aws_kms_custom_key_store.s.id", NOT_APPLICABLE),
        ("custom_key_store_id = var.spec", UNKNOWN),
    ],
)
def test_what_may_not_rotate_is_unknown_unless_it_does(lines: str, rotation: object) -> None:
    found = from_terraform(
        f"""
        variable "spec" {{ type = string }}
        resource "aws_kms_custom_key_store" "s" {{}}
        resource "aws_kms_key" "k" {{
          {lines}
        }}
        """
    )
    assert values(found[0], ["rotation"]) == {"rotation": rotation}
