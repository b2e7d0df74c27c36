"""What belongs to something that is declared elsewhere is judged on what it says, and the rest of it is unknown."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan

OPEN_POLICY = """
    resource "aws_s3_bucket_policy" "open" {
      bucket = BUCKET
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop/*" }]
      })
    }
    variable "name" {}
    data "aws_s3_bucket" "shop" { bucket = "shop" }
"""
TEMPLATE = """
    Parameters: {Name: {Type: String}}
    Resources:
      Open:
        Type: AWS::S3::BucketPolicy
        Properties:
          Bucket: BUCKET
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::shop/*"}]
"""


def outcomes(folder: Path, name: str, text: str, policy: str) -> list[Outcome]:
    (folder / name).write_text(dedent(text), "utf-8")
    return [each.outcome for each in scan(folder).verdicts if each.policy.id == policy]


@pytest.mark.parametrize(
    "bucket", ['"shop"', "var.name", "data.aws_s3_bucket.shop.id", '"${var.name}-files"']
)
def test_an_open_policy_of_a_bucket_of_another_stack_is_no_silence(tmp_path: Path, bucket: str) -> None:
    text = OPEN_POLICY.replace("BUCKET", bucket)
    assert outcomes(tmp_path, "main.tf", text, "object-store-not-public") == [Outcome.UNKNOWN]
    assert outcomes(tmp_path, "main.tf", text, "object-store-requires-tls") == [Outcome.FAIL]
    assert outcomes(tmp_path, "main.tf", text, "object-store-versioned") == [Outcome.UNKNOWN]


@pytest.mark.parametrize("bucket", ["shop", "!Ref Name", '!ImportValue "shop-bucket"'])
def test_nor_is_it_in_a_template(tmp_path: Path, bucket: str) -> None:
    text = TEMPLATE.replace("BUCKET", bucket)
    assert outcomes(tmp_path, "stack.yaml", text, "object-store-requires-tls") == [Outcome.FAIL]


def test_satellites_of_one_bucket_are_judged_together(tmp_path: Path) -> None:
    text = (
        OPEN_POLICY.replace("BUCKET", '"shop"')
        + """
        resource "aws_s3_bucket_versioning" "shop" {
          bucket = "shop"
          versioning_configuration { status = "Enabled" }
        }
        resource "aws_s3_bucket_public_access_block" "shop" {
          bucket                  = "shop"
          block_public_acls       = false
          block_public_policy     = false
          ignore_public_acls      = false
          restrict_public_buckets = false
        }
    """
    )
    assert outcomes(tmp_path, "main.tf", text, "object-store-versioned") == [Outcome.PASS]
    assert outcomes(tmp_path, "main.tf", text, "object-store-not-public") == [Outcome.FAIL]
    assert outcomes(tmp_path, "main.tf", text, "object-store-blocks-public-access") == [Outcome.FAIL]


def test_one_of_a_bucket_that_is_declared_here_makes_no_second_one(tmp_path: Path) -> None:
    text = (
        OPEN_POLICY.replace("BUCKET", "aws_s3_bucket.shop.id")
        + '\n    resource "aws_s3_bucket" "shop" { bucket = "shop" }\n'
    )
    assert len(outcomes(tmp_path, "main.tf", text, "object-store-versioned")) == 1


def test_one_that_may_belong_to_a_declared_bucket_is_judged_with_it(tmp_path: Path) -> None:
    text = (
        OPEN_POLICY.replace("BUCKET", "var.name")
        + '\n    resource "aws_s3_bucket" "shop" { bucket = "shop" }\n'
    )
    assert outcomes(tmp_path, "main.tf", text, "object-store-requires-tls") == [Outcome.UNKNOWN]


GIVEN = """
    resource "aws_s3_bucket" "files" { bucket = "shop-files" }
    module "settings" {
      source  = "registry.example.com/platform/settings/aws"
      version = "2.0.1"
      ARGUMENT
    }
"""


@pytest.mark.parametrize(
    ("argument", "outcome"),
    [
        ("bucket = aws_s3_bucket.files.id", Outcome.UNKNOWN),
        ('bucket = "shop-files"', Outcome.UNKNOWN),
        ("buckets = { files = { id = aws_s3_bucket.files.arn } }", Outcome.UNKNOWN),
        ('bucket = "shop-pictures"', Outcome.FAIL),
        ("depends_on = [aws_s3_bucket.files]", Outcome.FAIL),
        ('prefix = ""', Outcome.FAIL),
        ('name = "shop-files"', Outcome.FAIL),  # what it calls its own
        ('tags = { Name = "shop-files" }', Outcome.FAIL),
    ],
)
def test_a_module_that_is_not_there_may_set_what_it_is_given(
    tmp_path: Path, argument: str, outcome: Outcome
) -> None:
    text = GIVEN.replace("ARGUMENT", argument)
    assert outcomes(tmp_path, "main.tf", text, "object-store-versioned") == [outcome]


def test_network_rules_of_an_account_of_another_stack_are_judged_as_they_stand(tmp_path: Path) -> None:
    text = """
        data "azurerm_storage_account" "files" {
          name                = "shopfiles"
          resource_group_name = "shop"
        }
        resource "azurerm_storage_account_network_rules" "files" {
          storage_account_id = data.azurerm_storage_account.files.id
          default_action     = "ACTION"
        }
    """
    policy = "object-store-network-restricted"
    assert outcomes(tmp_path, "main.tf", text.replace("ACTION", "Allow"), policy) == [Outcome.FAIL]
    assert outcomes(tmp_path, "main.tf", text.replace("ACTION", "Deny"), policy) == [Outcome.UNKNOWN]


SATELLITES = """
    variable "id" {}
    resource "azurerm_storage_account_network_rules" "files" {
      storage_account_id = var.id
      default_action     = "Deny"
    }
    resource "azurerm_mssql_database_extended_auditing_policy" "orders" {
      database_id            = var.id
      log_monitoring_enabled = true
    }
"""


@pytest.mark.parametrize("policy", ["private-endpoint-used", "database-deletion-protection"])
def test_what_points_at_something_declared_elsewhere_may_be_declared_there_too(
    tmp_path: Path, policy: str
) -> None:
    assert set(outcomes(tmp_path, "main.tf", SATELLITES, policy)) == {Outcome.UNKNOWN}


def test_what_points_at_it_here_counts(tmp_path: Path) -> None:
    endpoint = """
        resource "azurerm_private_endpoint" "files" {
          private_service_connection {
            private_connection_resource_id = azurerm_storage_account_network_rules.files.storage_account_id
          }
        }
    """
    text = SATELLITES + dedent(endpoint)
    assert Outcome.FAIL not in outcomes(tmp_path, "main.tf", text, "private-endpoint-used")
