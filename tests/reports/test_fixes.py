"""No finding is without a way to mend it: the policy's words, or the attribute that the service's table names."""

from __future__ import annotations

from msgspec.structs import replace

from tests.parity import from_api, from_cloudformation, from_terraform
from tfaudit.model.asset import Asset
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.policies.evaluate import judge
from tfaudit.policies.select import Choice, in_force
from tfaudit.reports import fixes

BARE = {"terraform": 'resource "aws_dynamodb_table" "carts" { name = "carts" }'}


def failed(asset: Asset, policy: str) -> Verdict:
    """Return the fail of an asset, by a policy that has no words of its own for the type."""
    policies = in_force(Choice(ids=(policy,)))
    (verdict,) = judge([asset], policies.of_kind)
    assert verdict.outcome is Outcome.FAIL
    return replace(verdict, policy=replace(verdict.policy, fixes={}))


def test_the_attribute_is_named_in_its_own_spelling() -> None:
    (table,) = from_terraform(BARE["terraform"])
    assert fixes.fix(failed(table, "database-deletion-protection")) == (
        "Set deletion_protection_enabled to true."
    )
    (table,) = from_cloudformation(
        "Resources: {Carts: {Type: AWS::DynamoDB::Table, Properties: {TableName: carts}}}"
    )
    assert fixes.fix(failed(table, "database-deletion-protection")) == (
        "Set DeletionProtectionEnabled to true."
    )
    (table,) = from_api(
        "dynamodb.list_tables", {"value": "carts", "describe_table": {"Table": {"TableName": "carts"}}}
    )
    assert fixes.fix(failed(table, "database-deletion-protection")) == (
        "Set DeletionProtectionEnabled to true."
    )


def test_of_what_is_made_of_more_every_attribute_is_named() -> None:
    (table,) = from_terraform(BARE["terraform"])
    verdict = failed(table, "backup-retention")
    assert fixes.fix(verdict) == (
        "Set point_in_time_recovery.enabled to true. "
        "Change point_in_time_recovery.enabled or point_in_time_recovery.recovery_period_in_days, "
        "so that this holds: databases keep automated backups for the agreed time."
    )
    assert fixes.values(verdict) == {}


def test_a_resource_that_is_itself_the_fault_is_named_as_such() -> None:
    (attachment,) = from_terraform(
        """resource "aws_iam_role_policy_attachment" "admin" {
          role       = "r"
          policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
        }"""
    )
    assert fixes.fix(failed(attachment, "policy-no-wildcard-actions")) == (
        "Change it, so that this holds: policies name actions, not whole services."
    )


def test_the_value_that_mends_it_can_be_written_by_a_tool() -> None:
    (table,) = from_terraform(BARE["terraform"])
    assert fixes.values(failed(table, "database-deletion-protection")) == {
        "deletion_protection_enabled": True
    }
