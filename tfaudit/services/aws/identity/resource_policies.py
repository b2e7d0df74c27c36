"""The policies of queues, topics, repositories, file systems, search domains and functions, as `access_policy` assets.

Stores that are assets of their own (S3, KMS, Secrets Manager) tell their policy there. A resource without a policy of
its own yields nothing: only its account may use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.policy_documents import Document, document
from tfaudit.services.aws.identity.policy_questions import (
    cross_account,
    denies_plain_transport,
    is_wildcard,
    public_principal,
)
from tfaudit.services.aws.messaging import sns, sqs
from tfaudit.services.aws.storage import efs
from tfaudit.services.aws.tags import TAGS

READS = (
    "aws_sqs_queue",
    "aws_sqs_queue_policy",
    "aws_sns_topic",
    "aws_sns_topic_policy",
    "aws_ecr_repository_policy",
    "aws_efs_file_system_policy",
    "aws_opensearch_domain",
    "aws_elasticsearch_domain",
    "aws_backup_vault_policy",
    "aws_lambda_permission",
    "AWS::SQS::QueuePolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::ECR::Repository",
    "AWS::EFS::FileSystem",
    "AWS::OpenSearchService::Domain",
    "AWS::Elasticsearch::Domain",
    "AWS::Backup::BackupVault",
    "AWS::Lambda::Permission",
    "sns.list_topics",
    "sqs.list_queues",
    "efs.describe_file_systems",
    "ecr.describe_repositories",
)
KINDS = ("access_policy",)


def _with(listing: Listing, operation: str) -> Listing:
    """Return another service's listing with the one detail that holds the policy."""
    return replace(listing, details=tuple(each for each in listing.details if each.operation == operation))


CALLS = (
    _with(sns.CALLS[0], "get_topic_attributes"),
    _with(sqs.CALLS[0], "get_queue_attributes"),
    _with(efs.CALLS[0], "describe_file_system_policy"),
    Listing(
        "ecr",
        "describe_repositories",
        "repositories",
        "repositoryArn",
        details=(
            Detail(
                "get_repository_policy",
                {"repositoryName": "repositoryName"},
                absent=("RepositoryPolicyNotFoundException",),
            ),
        ),
    ),
)


class _Form(Struct, frozen=True):
    """Where a type holds its policy and its owner's name, and how the owner's key begins."""

    policy: str
    owner: str
    prefix: str


_FORMS = {
    "aws_sqs_queue": _Form("policy", "name", "aws:sqs:queue"),
    "aws_sqs_queue_policy": _Form("policy", "queue_url", "aws:sqs:queue"),
    "aws_sns_topic": _Form("policy", "name", "aws:sns:topic"),
    "aws_sns_topic_policy": _Form("policy", "arn", "aws:sns:topic"),
    "aws_ecr_repository_policy": _Form("policy", "repository", "aws:ecr:repository"),
    "aws_efs_file_system_policy": _Form("policy", "file_system_id", "aws:efs:filesystem"),
    "aws_opensearch_domain": _Form("access_policies", "domain_name", "aws:opensearch:domain"),
    "aws_elasticsearch_domain": _Form("access_policies", "domain_name", "aws:opensearch:domain"),
    "aws_backup_vault_policy": _Form("policy", "backup_vault_name", "aws:backup:vault"),
    "aws_lambda_permission": _Form("principal", "function_name", "aws:lambda:function"),
    "AWS::SQS::QueuePolicy": _Form("PolicyDocument", "Queues", "aws:sqs:queue"),
    "AWS::SNS::TopicPolicy": _Form("PolicyDocument", "Topics", "aws:sns:topic"),
    "AWS::ECR::Repository": _Form("RepositoryPolicyText", "RepositoryName", "aws:ecr:repository"),
    "AWS::EFS::FileSystem": _Form("FileSystemPolicy", "FileSystemId", "aws:efs:filesystem"),
    "AWS::OpenSearchService::Domain": _Form("AccessPolicies", "DomainName", "aws:opensearch:domain"),
    "AWS::Elasticsearch::Domain": _Form("AccessPolicies", "DomainName", "aws:opensearch:domain"),
    "AWS::Backup::BackupVault": _Form("AccessPolicy", "BackupVaultName", "aws:backup:vault"),
    "AWS::Lambda::Permission": _Form("Principal", "FunctionName", "aws:lambda:function"),
    "sns.list_topics": _Form("get_topic_attributes.Attributes.Policy", "TopicArn", "aws:sns:topic"),
    "sqs.list_queues": _Form("get_queue_attributes.Attributes.Policy", "value", "aws:sqs:queue"),
    "efs.describe_file_systems": _Form(
        "describe_file_system_policy.Policy", "FileSystemId", "aws:efs:filesystem"
    ),
    "ecr.describe_repositories": _Form(
        "get_repository_policy.policyText", "repositoryName", "aws:ecr:repository"
    ),
}
_OWN_NAMES = (
    "name",
    "domain_name",
    "function_name",
    "QueueName",
    "TopicName",
    "RepositoryName",
    "FunctionName",
)
_LAMBDA = frozenset({"aws_lambda_permission", "AWS::Lambda::Permission"})
_SEARCH = frozenset(type_ for type_, form in _FORMS.items() if form.prefix == "aws:opensearch:domain")
_INSIDE = "a search domain in a VPC is reached from there only, and its policy may be open"


def _document(view: View) -> Document:
    return document(view.read(_FORMS[view.resource.type].policy), view.inventory)


def _asked(question: Callable[[Document], Reading]) -> Fact:
    def answer(view: View) -> Any:
        inside = view.first("vpc_options", "VPCOptions")
        outside = view.resource.type not in _SEARCH or inside.absent
        if not outside and not isinstance(inside.value, Unresolved):
            return NotApplicable(_INSIDE, view.resource)
        answer = question(_document(view))
        return answer if outside or answer.value is False else inside

    return Fact(terraform=answer, cloudformation=answer, api=answer)


def _principals(view: View) -> Any:
    found = _document(view)
    named: list[Any] = [value for statement in found.statements for _, value in statement.principals]
    return Known(
        [*named, found.untold] if found.untold else named, found.reading.resource, found.reading.path
    )


_OF_IDENTITIES = "a resource's policy gives rights on that resource only"
POLICY = {
    "public_principal": _asked(public_principal),
    "cross_account": _asked(cross_account),
    "tls_enforced": _asked(denies_plain_transport),
    "wildcard_actions": Fact(not_applicable=_OF_IDENTITIES),
    "wildcard_resources": Fact(not_applicable=_OF_IDENTITIES),
    "admin": Fact(not_applicable=_OF_IDENTITIES),
    "escalation_paths": Fact(not_applicable=_OF_IDENTITIES),
    "sensitive_actions": Fact(not_applicable=_OF_IDENTITIES),
    "principals": Fact(terraform=_principals, cloudformation=_principals, api=_principals),
    "tags": TAGS,
}


def _function_public(view: View) -> Any:
    """Whether a permission lets everyone call the function: `*`, and no source that narrows it."""
    named = view.first("principal", "Principal")
    if not named.known or named.value != "*":
        return named if not named.known else Reading(False, named.resource, named.path)
    unclear: Reading | None = None
    for attribute in (
        "source_arn",
        "source_account",
        "principal_org_id",
        "SourceArn",
        "SourceAccount",
        "PrincipalOrgID",
    ):
        source = view.read(attribute)
        if isinstance(source.value, Unresolved) and is_wildcard(source.value) is None:
            unclear = unclear or source
        elif not source.absent and is_wildcard(source.value) is not True:
            return Reading(False, named.resource, named.path)
    return unclear or Reading(True, named.resource, named.path)


def _function_principals(view: View) -> Reading:
    return view.first("principal", "Principal")


_CALLS = Documented(True, "docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html")
PERMISSION = {
    **POLICY,
    "public_principal": Fact(terraform=_function_public, cloudformation=_function_public),
    "cross_account": Fact(not_applicable="its principal tells it"),
    "tls_enforced": Fact(always=_CALLS),
    "principals": Fact(terraform=_function_principals, cloudformation=_function_principals),
    "tags": Fact(not_applicable="a permission has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the policy that the resource holds, if any."""
    form = _FORMS[view.resource.type]
    reading = view.read(form.policy)
    if reading.absent or reading.value == "":
        return
    facts = PERMISSION if view.resource.type in _LAMBDA else POLICY
    yield asset(
        "access_policy", view, facts, _key(view, form), part="policy" if view.dialect == "api" else ""
    )


def _key(view: View, form: _Form) -> Key:
    value = view.read(form.owner).value
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, Reference):
        for target in view.inventory.at(first.address):
            names = [target.body[name] for name in _OWN_NAMES if isinstance(target.body.get(name), str)]
            if names:
                return f"{form.prefix}/{names[0]}/policy"
    if isinstance(first, str):
        return f"{form.prefix}/{re.split('[:/]', first)[-1]}/policy"
    return Unresolved(f"its {form.owner} is {first}", "scan the plan or the live account")
