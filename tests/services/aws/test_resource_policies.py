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
        {"public_principal": True, "admin": NOT_APPLICABLE},
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


def test_a_queues_policy_is_the_same_on_every_plane() -> None:
    own = f"""
resource "aws_sqs_queue" "orders" {{
  name   = "orders"
  policy = jsonencode({OPEN})
}}
"""
    beside = f"""
resource "aws_sqs_queue" "orders" {{
  name = "orders"
}}
resource "aws_sqs_queue_policy" "orders" {{
  queue_url = aws_sqs_queue.orders.id
  policy    = jsonencode({OPEN})
}}
"""
    template = f"""
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {{QueueName: orders}}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties: {{Queues: [!Ref Orders], PolicyDocument: {OPEN}}}
"""
    live = {
        "value": "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
        "get_queue_attributes": {"Attributes": {"Policy": OPEN}},
    }
    assert_same(
        {"public_principal": True},
        own=of_policies(from_terraform(own)),
        beside=of_policies(from_terraform(beside)),
        cloudformation=of_policies(from_cloudformation(template)),
        api=of_policies(from_api("sqs.list_queues", live)),
    )


def test_a_repositorys_policy_is_the_same_on_every_plane() -> None:
    terraform = f"""
resource "aws_ecr_repository" "web" {{
  name = "web"
}}
resource "aws_ecr_repository_policy" "web" {{
  repository = aws_ecr_repository.web.name
  policy     = jsonencode({OPEN})
}}
"""
    template = f"""
Resources:
  Web:
    Type: AWS::ECR::Repository
    Properties: {{RepositoryName: web, RepositoryPolicyText: {OPEN}}}
"""
    live = {"repositoryName": "web", "get_repository_policy": {"policyText": OPEN}}
    assert_same(
        {"public_principal": True},
        terraform=from_terraform(terraform),
        cloudformation=from_cloudformation(template),
        api=from_api("ecr.describe_repositories", live),
    )


def test_a_file_systems_policy_is_the_same_in_code_and_live() -> None:
    terraform = f"""
resource "aws_efs_file_system_policy" "f" {{
  file_system_id = "fs-1"
  policy         = jsonencode({OPEN})
}}
"""
    live = {"FileSystemId": "fs-1", "describe_file_system_policy": {"Policy": OPEN}}
    assert_same(
        {"public_principal": True},
        terraform=of_policies(from_terraform(terraform)),
        api=of_policies(from_api("efs.describe_file_systems", live)),
    )


def test_a_search_domains_policy_and_a_vaults_are_the_same_in_both_kinds_of_code() -> None:
    domain = f"""
resource "aws_elasticsearch_domain" "d" {{
  domain_name     = "d"
  access_policies = jsonencode({OPEN})
}}
"""
    template = f"""
Resources:
  D:
    Type: AWS::OpenSearchService::Domain
    Properties: {{DomainName: d, AccessPolicies: {OPEN}}}
"""
    vault = f"""
resource "aws_backup_vault_policy" "v" {{
  backup_vault_name = "v"
  policy            = jsonencode({OPEN})
}}
"""
    of_vault = f"""
Resources:
  V:
    Type: AWS::Backup::BackupVault
    Properties: {{BackupVaultName: v, AccessPolicy: {OPEN}}}
"""
    expected = {"public_principal": True}
    assert_same(expected, terraform=from_terraform(domain), cloudformation=from_cloudformation(template))
    assert_same(expected, terraform=from_terraform(vault), cloudformation=from_cloudformation(of_vault))


@pytest.mark.parametrize(
    ("terraform", "cloudformation", "public"),
    [
        ("", "", True),
        ('source_arn = "arn:aws:s3:::orders"', 'SourceArn: "arn:aws:s3:::orders"', False),
        ('source_account = "123456789012"', 'SourceAccount: "123456789012"', False),
        ('principal_org_id = "o-1"', "PrincipalOrgID: o-1", False),
        ('source_arn = "*"', 'SourceArn: "*"', True),
        ("source_arn = var.which", "SourceArn: !Ref Which", UNKNOWN),
        (
            'source_arn = var.which\n  source_account = "123456789012"',
            'SourceArn: !Ref Which, SourceAccount: "123456789012"',
            False,
        ),
        ('source_arn = "arn:aws:s3:::${var.which}"', 'SourceArn: !Sub "arn:aws:s3:::${Which}"', False),
    ],
)
def test_a_permissions_source_is_the_same_in_both_kinds_of_code(
    terraform: str, cloudformation: str, public: object
) -> None:
    code = f"""
variable "which" {{}}
resource "aws_lambda_permission" "p" {{
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  {terraform}
}}
"""
    template = f"""
Parameters: {{Which: {{Type: String}}}}
Resources:
  P:
    Type: AWS::Lambda::Permission
    Properties: {{FunctionName: orders, Action: "lambda:InvokeFunction", Principal: "*", {cloudformation}}}
"""
    assert_same(
        {
            "public_principal": public,
        },
        terraform=from_terraform(code),
        cloudformation=from_cloudformation(template),
    )


@pytest.mark.parametrize(
    ("network", "public"),
    [("{}", True), ("{SubnetIds: [subnet-1]}", NOT_APPLICABLE), ("!Ref Which", UNKNOWN)],
)
def test_only_a_network_that_is_there_closes_a_search_domain(network: str, public: object) -> None:
    template = f"""
Parameters: {{Which: {{Type: String}}}}
Resources:
  D:
    Type: AWS::OpenSearchService::Domain
    Properties: {{DomainName: d, AccessPolicies: {OPEN}, VPCOptions: {network}}}
"""
    (found,) = from_cloudformation(template)
    assert values(found, ["public_principal"]) == {"public_principal": public}
