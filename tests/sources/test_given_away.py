"""What is given to a template that is not read may get more from it than is declared: that it has none is not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.services.test_right_verdicts import outcomes

STACK = """
Resources:
  Given: {Type: AWS::S3::Bucket, Properties: {BucketName: maps}}
  Kept: {Type: AWS::S3::Bucket, Properties: {BucketName: plans}}
  Below:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://templates.example/below.yaml
      Parameters: {Bucket: %s}
"""


@pytest.mark.parametrize("given", ["!Ref Given", '!Sub "x-${Given}"', "!GetAtt Given.Arn"])
def test_a_bucket_that_a_nested_stack_is_given(tmp_path: Path, given: str) -> None:
    found = outcomes(tmp_path, STACK % given, "object-store-not-public", "template.yaml")
    assert found == {"Given": "unknown", "Kept": "pass"}


@pytest.mark.parametrize(
    "macro",
    [
        "Resources:\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n",
        "Transform: OurMacro\nResources:\n",
        "Transform: [{Name: AWS::Include, Parameters: {Location: s3://a/b}}]\nResources:\n",
    ],
)
def test_a_macro_may_bring_what_belongs_to_a_bucket(tmp_path: Path, macro: str) -> None:
    text = macro + "  Maps: {Type: AWS::S3::Bucket, Properties: {BucketName: maps}}\n"
    assert outcomes(tmp_path, text, "object-store-not-public", "template.yaml") == {"Maps": "unknown"}


def test_a_transform_that_is_known_brings_nothing(tmp_path: Path) -> None:
    text = "Transform: AWS::LanguageExtensions\nResources:\n  Maps: {Type: AWS::S3::Bucket}\n"
    assert outcomes(tmp_path, text, "object-store-not-public", "template.yaml") == {"Maps": "pass"}


ACCOUNTS = """
resource given 'Microsoft.Storage/storageAccounts@2023-01-01' = { name: 'maps', location: 'w' }
resource kept 'Microsoft.Storage/storageAccounts@2023-01-01' = { name: 'plans', location: 'w' }
module below 'br:registry.example/below:v1' = {
  name: 'below'
  params: %s
}
"""


@pytest.mark.parametrize(
    "given", ["{ id: given.id }", "{ name: given.name }", "{ all: [ { one: given.id } ] }"]
)
def test_an_account_that_a_module_of_a_registry_is_given(tmp_path: Path, given: str) -> None:
    found = outcomes(tmp_path, ACCOUNTS % given, "object-store-soft-delete", "main.bicep")
    assert found == {"given": "unknown", "kept": "fail"}


def test_an_account_that_a_linked_template_is_given(tmp_path: Path) -> None:
    account = {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "location": "w"}
    link = {
        "templateLink": {"uri": "https://templates.example/below.json"},
        "parameters": {"id": {"value": "[resourceId('Microsoft.Storage/storageAccounts', 'maps')]"}},
    }
    below = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "b",
        "properties": link,
    }
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [{**account, "name": "maps"}, {**account, "name": "plans"}, below],
    }
    found = outcomes(tmp_path, json.dumps(template), "private-endpoint-used", "main.json")
    assert found == {
        "Microsoft.Storage/storageAccounts/maps": "unknown",
        "Microsoft.Storage/storageAccounts/plans": "fail",
    }


@pytest.mark.parametrize("holder", ["aws_iam_role.h.name", "aws_iam_user.h.name", "aws_iam_group.h.name"])
def test_a_module_that_is_given_a_role_may_attach_policies(tmp_path: Path, holder: str) -> None:
    trust = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "1" } }] })'
    type_ = holder.partition(".")[0]
    text = f'resource "{type_}" "h" {{\n  name = "h"\n  assume_role_policy = {trust}\n}}\n'
    assert set(outcomes(tmp_path, text, "policy-no-admin").values()) == {"pass"}
    text += f'module "more" {{\n  source = "ours/more/aws"\n  holder = {holder}\n}}\n'
    assert set(outcomes(tmp_path, text, "policy-no-admin").values()) == {"unknown"}


@pytest.mark.parametrize(
    ("policy", "resource"),
    [
        ("network-flow-logs", 'resource "azurerm_virtual_network" "h" {\n  name = "h"\n}\n'),
        ("private-endpoint-used", 'resource "azurerm_key_vault" "h" {\n  name = "h"\n}\n'),
        ("secret-store-audited", 'resource "azurerm_key_vault" "h" {\n  name = "h"\n}\n'),
    ],
)
def test_what_points_at_a_resource_of_azure_may_stand_in_a_module(
    tmp_path: Path, policy: str, resource: str
) -> None:
    type_ = resource.split('"')[1]
    assert set(outcomes(tmp_path, resource, policy).values()) == {"fail"}
    text = resource + f'module "more" {{\n  source = "ours/more/azurerm"\n  id = {type_}.h.id\n}}\n'
    assert set(outcomes(tmp_path, text, policy).values()) == {"unknown"}
