"""The policies of queues, topics, repositories, file systems, search domains and functions, as `access_policy` assets.

Stores that are assets of their own (S3, KMS, Secrets Manager) tell their policy there. A resource without a policy of
its own yields nothing: only its account may use it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.calls import Detail, Listing
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset, perhaps
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Known, Pointer, Reading, Unknown
from tfaudit.services.aws.identity.iam_words import ONE
from tfaudit.services.aws.identity.policy_documents import Document, policy_of, raw
from tfaudit.services.aws.identity.policy_questions import (
    is_false,
    is_wildcard,
    open_to_everyone,
)
from tfaudit.services.aws.messaging import sns, sqs
from tfaudit.services.aws.storage import efs
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tfaudit.reading.view import View

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
                sent=("policyText",),
            ),
        ),
    ),
)


TABLE: Spelling = {
    # of what holds a policy: Terraform, CloudFormation, API
    "policy": aws(
        ("policy", "access_policies"),
        ("PolicyDocument", "RepositoryPolicyText", "FileSystemPolicy", "AccessPolicies", "AccessPolicy"),
        (
            "get_topic_attributes/Attributes.Policy",
            "get_queue_attributes/Attributes.Policy",
            "describe_file_system_policy/Policy",
            "get_repository_policy/policyText",
        ),
    ),
    "owner": aws(
        ("queue_url", "repository", "file_system_id", "domain_name", "backup_vault_name", "name", "arn"),
        ("Queues", "Topics", "RepositoryName", "FileSystemId", "DomainName", "BackupVaultName"),
        ("TopicArn", "FileSystemId", "repositoryName", "value"),
        ONE,
    ),
    "network": aws("vpc_options", "VPCOptions", NOTHING),
    "tags": aws("tags", ("Tags", "FileSystemTags", "BackupVaultTags")),
}
PERMISSION: Spelling = {
    # of a permission on a function
    "policy": aws("principal", "Principal", NOTHING),
    "owner": aws("function_name", "FunctionName", NOTHING, ONE),
    "source": aws("source_arn", "SourceArn", NOTHING),
    "source_account": aws("source_account", "SourceAccount", NOTHING),
    "source_organisation": aws("principal_org_id", "PrincipalOrgID", NOTHING),
}
OWNER: Spelling = {
    # of the queue, topic, repository or function that a policy is attached to
    "name": aws(
        ("name", "domain_name", "function_name"),
        ("QueueName", "TopicName", "RepositoryName", "FunctionName"),
        NOTHING,
    ),
}
IDENTITY = ("policy", "owner")

_OWNERS = {
    "aws_sqs_queue": "aws:sqs:queue",
    "aws_sqs_queue_policy": "aws:sqs:queue",
    "aws_sns_topic": "aws:sns:topic",
    "aws_sns_topic_policy": "aws:sns:topic",
    "aws_ecr_repository_policy": "aws:ecr:repository",
    "aws_efs_file_system_policy": "aws:efs:filesystem",
    "aws_opensearch_domain": "aws:opensearch:domain",
    "aws_elasticsearch_domain": "aws:opensearch:domain",
    "aws_backup_vault_policy": "aws:backup:vault",
    "aws_lambda_permission": "aws:lambda:function",
    "AWS::SQS::QueuePolicy": "aws:sqs:queue",
    "AWS::SNS::TopicPolicy": "aws:sns:topic",
    "AWS::ECR::Repository": "aws:ecr:repository",
    "AWS::EFS::FileSystem": "aws:efs:filesystem",
    "AWS::OpenSearchService::Domain": "aws:opensearch:domain",
    "AWS::Elasticsearch::Domain": "aws:opensearch:domain",
    "AWS::Backup::BackupVault": "aws:backup:vault",
    "AWS::Lambda::Permission": "aws:lambda:function",
    "sns.list_topics": "aws:sns:topic",
    "sqs.list_queues": "aws:sqs:queue",
    "efs.describe_file_systems": "aws:efs:filesystem",
    "ecr.describe_repositories": "aws:ecr:repository",
}
"""How the key of the owner of each type's policy begins."""

_INSIDE = "a search domain in a VPC is reached from there only, and its policy may be open"


def _asked(question: Callable[[Document], Reading]) -> Fact:
    def joins(view: View) -> Reading | Inapplicable:
        answer = question(policy_of(view, "policy"))
        network = view.word("network")
        match network:
            case Absent():
                return answer
            case Known(value=value) if value in ([], {}):
                return answer
            case Known() | Pointer():
                return Inapplicable(_INSIDE)
            case Unknown():
                return answer if is_false(answer) else network

    return Fact(joins=joins, of=("policy", "network"))


_OF_IDENTITIES = "a resource's policy gives rights on that resource only"
POLICY_FACTS: Facts = {
    "public_principal": _asked(open_to_everyone),
    "wildcard_actions": inapplicable(_OF_IDENTITIES),
    "admin": inapplicable(_OF_IDENTITIES),
    "escalation_paths": inapplicable(_OF_IDENTITIES),
    "sensitive_actions": inapplicable(_OF_IDENTITIES),
    "tags": TAGS,
}


_SOURCES = ("source", "source_account", "source_organisation")


def _function_public(view: View) -> Reading:
    """Return whether a permission lets everyone call the function: `*`, and no source that narrows it."""
    named = view.word("policy")
    if not isinstance(named, Known) or named.value != "*":
        return Known(False, named.resource, named.path) if isinstance(named, Known) else named
    unclear: Unknown | None = None
    for word in _SOURCES:
        source = view.word(word)
        if isinstance(source, Absent):
            continue
        stated = raw(source)
        wild = is_wildcard(str(stated) if isinstance(source, Known) else stated)
        if wild is False:
            return Known(False, named.resource, named.path)
        if isinstance(source, Unknown) and wild is None:
            unclear = unclear or source
    return unclear or Known(True, named.resource, named.path)


PERMISSION_FACTS: Facts = {
    **POLICY_FACTS,
    "public_principal": Fact(joins=_function_public, of=("policy", *_SOURCES)),
    "tags": inapplicable("a permission has no tags"),
}
_OF_PERMISSIONS = {
    "aws_lambda_permission": (PERMISSION, PERMISSION_FACTS),
    "AWS::Lambda::Permission": (PERMISSION, PERMISSION_FACTS),
}
"""The words and facts of the types that are no policy, but a part of one."""


def assets(view: View) -> Iterator[Asset]:
    """Yield the policy that the resource holds, if any."""
    table, facts = _OF_PERMISSIONS.get(view.resource.type, (TABLE, POLICY_FACTS))
    of = view.spelled(table)
    stated = of.word("policy")
    part = _PARTS.get(view.resource.type, "")
    if part and isinstance(stated, Unknown):  # a thing that may have no policy at all
        yield perhaps("access_policy", of, facts, _key(of), stated, part)
    elif not isinstance(stated, Absent) and not (isinstance(stated, Known) and stated.value == ""):
        yield asset("access_policy", of, facts, _key(of), part=part)


_PARTS = {
    "sns.list_topics": "policy",
    "sqs.list_queues": "policy",
    "efs.describe_file_systems": "policy",
    "ecr.describe_repositories": "policy",
}
"""The part of the address where the item that a call lists is an asset of another kind as well."""


def _key(view: View) -> Key:
    owner = _owner(view)
    if isinstance(owner, Unresolved):
        return owner
    return f"{_OWNERS[view.resource.type]}/{owner}/policy"


def _owner(view: View) -> str | Unresolved:
    for first in view.elements("owner")[:1]:
        match first.word("name"):
            case Known(value=str() as name):
                return re.split("[:/]", name)[-1]
            case Pointer(reference=reference):
                names = [each.spelled(OWNER).word("name") for each in first.leads_to("name")]
                known = [str(each.value) for each in names if isinstance(each, Known)]
                return known[0] if known else Unresolved(f"its owner is {reference}", SETTLE)
            case Unknown(expression=expression):
                shown = expression or "(not known)"
                return Unresolved(f"its owner is {shown}", SETTLE)
            case Known() | Absent():
                pass
    return Unresolved("its owner is not set", SETTLE)
