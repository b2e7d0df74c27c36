"""Which IAM actions are sensitive, which together lead to more rights, and which of them a policy document allows.

The escalation methods are those published by Rhino Security Labs (rhinosecuritylabs.com/aws/aws-privilege-escalation-
methods-mitigation) and since then at pathfinding.cloud; the actions and whether they can be limited to a resource are
those of the Service Authorization Reference (docs.aws.amazon.com/service-authorization/latest/reference).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tfaudit.enclosed import replaced, text_of
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.states import Absent, Known, Reading
from tfaudit.services.aws.identity.policy_coverage import all_true, any_true
from tfaudit.services.aws.identity.policy_documents import Document, Element, Statement
from tfaudit.services.aws.identity.policy_questions import (
    action_matches,
    allows,
    is_wildcard,
    some,
    unclear_part,
)

SENSITIVE = (
    # reading what is secret or personal
    "s3:GetObject", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan",
    "secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath",
    "kms:Decrypt", "sqs:ReceiveMessage", "kinesis:GetRecords", "rds-data:ExecuteStatement", "athena:GetQueryResults",
    # changing or destroying it
    "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:DeleteBucket", "s3:PutBucketPolicy",
    "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:DeleteTable",
    "rds:DeleteDBInstance", "rds:DeleteDBCluster", "rds:ModifyDBInstance", "rds:ModifyDBSnapshotAttribute",
    "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy", "kms:CreateGrant",
    "secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret", "secretsmanager:PutResourcePolicy",
    "ec2:TerminateInstances", "ec2:DeleteVolume", "ec2:DeleteSnapshot", "ec2:ModifySnapshotAttribute",
    "ec2:AuthorizeSecurityGroupIngress", "ssm:SendCommand", "ssm:StartSession",
    "ecr:PutImage", "ecr:DeleteRepository", "eks:DeleteCluster", "backup:DeleteRecoveryPoint",
    "cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "logs:DeleteLogGroup",
    # running code under another's rights, or giving rights
    "lambda:UpdateFunctionCode", "lambda:AddPermission", "sts:AssumeRole", "iam:PassRole", "iam:CreateAccessKey",
    "iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:AttachUserPolicy", "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy", "iam:PutUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:CreatePolicyVersion",
    "iam:SetDefaultPolicyVersion", "iam:AddUserToGroup", "iam:UpdateAssumeRolePolicy",
    "iam:DeleteRolePermissionsBoundary",
)  # fmt: skip
"""Actions that AWS lets a policy limit to named resources, and that hurt on every resource."""

_PASS = "iam:PassRole"
ESCALATIONS: dict[str, tuple[str, ...]] = {
    "new version of a policy": ("iam:CreatePolicyVersion",),
    "older version of a policy": ("iam:SetDefaultPolicyVersion",),
    "access key of another user": ("iam:CreateAccessKey",),
    "console password of another user": ("iam:CreateLoginProfile",),
    "changed password of another user": ("iam:UpdateLoginProfile",),
    "policy attached to a user": ("iam:AttachUserPolicy",),
    "policy attached to a group": ("iam:AttachGroupPolicy",),
    "policy attached to a role": ("iam:AttachRolePolicy",),
    "inline policy of a user": ("iam:PutUserPolicy",),
    "inline policy of a group": ("iam:PutGroupPolicy",),
    "inline policy of a role": ("iam:PutRolePolicy",),
    "membership of a group": ("iam:AddUserToGroup",),
    "trust policy of a role": ("iam:UpdateAssumeRolePolicy", "sts:AssumeRole"),
    "code of a function": ("lambda:UpdateFunctionCode",),
    "layer of a function": ("lambda:UpdateFunctionConfiguration",),
    "key of a Glue endpoint": ("glue:UpdateDevEndpoint",),
    "role passed to an instance": (_PASS, "ec2:RunInstances"),
    "role passed to a function": (_PASS, "lambda:CreateFunction", "lambda:InvokeFunction"),
    "role passed to a triggered function": (_PASS, "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    "role passed to a stack": (_PASS, "cloudformation:CreateStack"),
    "role passed to a task": (_PASS, "ecs:RegisterTaskDefinition", "ecs:RunTask"),
    "role passed to a started task": (_PASS, "ecs:RegisterTaskDefinition", "ecs:StartTask"),
    "role passed to a new service": (_PASS, "ecs:RegisterTaskDefinition", "ecs:CreateService"),
    "role passed to a service": (_PASS, "ecs:RegisterTaskDefinition", "ecs:UpdateService"),
    "role passed to a build": (_PASS, "codebuild:CreateProject", "codebuild:StartBuild"),
    "role passed to a state machine": (_PASS, "states:CreateStateMachine", "states:StartExecution"),
    "role passed to a Glue endpoint": (_PASS, "glue:CreateDevEndpoint"),
    "role passed to a Glue job": (_PASS, "glue:CreateJob", "glue:StartJobRun"),
    "role passed to a notebook": (
        _PASS, "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"
    ),
    "role passed to a training job": (_PASS, "sagemaker:CreateTrainingJob"),
    "role passed to a pipeline": (
        _PASS, "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"
    ),
    "role passed to a scaling group": (
        _PASS, "autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"
    ),
}  # fmt: skip
"""Ways to rights that one does not have, each with the actions that it takes together."""

# Conditions on these keys leave only some of the resources.
_LIMITING = re.compile(
    r"(aws|ec2|iam|ssm|secretsmanager|rds|ecs|eks|lambda|kms)[:/][\w-]*(resourcetag|-tag)/"
    r"|aws:resource(account|orgid|orgpaths)$|s3:resourceaccount$|kms:(viaservice|encryptioncontext|resourcealiases)"
    r"|dynamodb:leadingkeys$|aws:calledvia",
    re.IGNORECASE,
)
_MOST_SHOWN = 20


_ESCALATING = frozenset(action for needed in ESCALATIONS.values() for action in needed)
_ASKED_ABOUT = _ESCALATING | frozenset(SENSITIVE)


@lru_cache(maxsize=1 << 18)  # as many as a policy may hold: each is asked for once for each sensitive action
def _covered(pattern: str) -> frozenset[str]:
    """Return the actions of the tables above that a pattern covers."""
    return frozenset(action for action in _ASKED_ABOUT if action_matches(pattern, action))


def asked_about(actions: Iterable[str], resources: Iterable[str]) -> bool:
    """Whether something is asked about one of `actions`, on one of `resources`; none of these stands for any."""
    asked = {action for each in actions for action in _covered(each)} if actions else _ASKED_ABOUT
    return any(_broad(each, action) for each in resources for action in asked)


def _matches_any(patterns: Iterable[Element], action: str) -> bool | None:
    covered, known = _covers(tuple(patterns))
    return True if action in covered else known


@lru_cache(maxsize=4096)
def _covers(patterns: tuple[Element, ...]) -> tuple[frozenset[str], bool | None]:
    """Return the actions of the tables above that some of `patterns` cover, and what holds of any other."""
    stated = [each for each in patterns if isinstance(each, str)]
    return frozenset().union(*map(_covered, stated)), False if len(stated) == len(patterns) else None


def _names(statement: Statement, action: str) -> bool | None:
    """Whether the actions of `statement` hold `action`, whatever its effect."""
    if statement.not_actions:
        known = _matches_any(statement.not_actions, action)
        return None if known is None else not known
    return _matches_any(statement.actions, action)


def _everywhere(statement: Statement, action: str) -> bool | None:
    """Whether it allows `action` on every resource, or every one of a type, with no condition on which."""
    if any(_LIMITING.match(each.key) for each in statement.conditions):
        return False
    if statement.not_resources:
        return True
    return any_true(_broad(each, action) for each in statement.resources)


@lru_cache(maxsize=1 << 14)
def _broad(resource: Element, action: str) -> bool | None:
    """Whether `resource` is every resource of `action`'s service, or every one of a type."""
    if isinstance(resource, str) and resource.startswith("arn:"):
        parts = resource.split(":", 5)
        of_action = len(parts) == 6 and _is_service(parts[2], action)
        return of_action and _names_nothing(parts[2], parts[5])
    if isinstance(resource, Unresolved):
        return _broad_text(resource, action)
    return is_wildcard(resource)


def _broad_text(resource: Unresolved, action: str) -> bool | None:
    """Whether text around an expression is broad: what stands in for a region or an account names no resource."""
    text = text_of(resource.expression)
    if not text.startswith("arn:"):
        return is_wildcard(resource)
    parts = replaced(text, "${", "}", "x").split(":", 5)
    if len(parts) < 6:
        return is_wildcard(resource)
    return _is_service(parts[2], action) and _names_nothing(parts[2], parts[5])


# Services whose actions have another prefix than their ARNs.
_ARN_SERVICES = {"ssm": ("ssm", "ec2"), "rds-data": ("rds",), "ecs": ("ecs",), "states": ("states",)}


def _is_service(named: str, action: str) -> bool:
    prefix = action.partition(":")[0]
    return not named.strip("*") or named in _ARN_SERVICES.get(prefix, (prefix,))


# In their ARNs no type stands before the name: `arn:aws:s3:::bucket/key`.
_WITHOUT_TYPES = frozenset({"s3", "sqs", "sns"})


def _names_nothing(service: str, resource: str) -> bool:
    """Whether the last part of an ARN leaves every name open: `*`, `*/*`, `secret:*`, `role/*`, `log-group:*:*`."""
    words = re.split(r"[:/]", resource)
    if service not in _WITHOUT_TYPES and len(words) > 1 and re.fullmatch(r"[a-z][a-zA-Z-]*", words[0]):
        words = words[1:]
    return not any(each.strip("*?") for each in words)


def _sensitive(statement: Statement) -> list[str]:
    """Return the sensitive actions that it allows on every resource."""
    return [action for action in SENSITIVE if _names(statement, action) and _everywhere(statement, action)]


def wildcard_resources(document: Document) -> Reading:
    """Whether a statement allows a sensitive action on the resource `*`, with no condition on which."""
    return some(document, _sensitive_everywhere)


def _sensitive_everywhere(statement: Statement) -> bool | None:
    if allows(statement) is False:
        return False
    everywhere = any_true(_names_everywhere(statement, action) for action in SENSITIVE)
    return all_true((allows(statement), everywhere))


def _names_everywhere(statement: Statement, action: str) -> bool | None:
    names = _names(statement, action)
    return names if names is False else all_true((names, _everywhere(statement, action)))


def sensitive_actions(document: Document) -> Known | Absent:
    """Return the sensitive actions that the document allows on the resource `*`, at most 20 of them.

    What may be among them is `Unresolved`; the place is the first statement that allows one.
    """
    if document.absent:
        return Absent(document.resource, document.path)
    found: dict[str, None] = {}
    where: Statement | None = None
    perhaps: Statement | None = None
    for statement in document.statements:
        known = _sensitive_everywhere(statement)
        if known:
            found.update(dict.fromkeys(_sensitive(statement)))
            where = where or statement
        elif known is None:
            perhaps = perhaps or statement
    unsure = unclear_part(perhaps) if perhaps else document.unclear
    where = where or perhaps
    value: list[Any] = [*list(found)[:_MOST_SHOWN], *([unsure] if unsure else [])]
    at = where or document
    return Known(value, at.resource, at.path)


def escalation_paths(document: Document) -> Known | Absent:
    """Return the escalation methods whose actions the document allows everywhere; what may be more is `Unresolved`."""
    if document.absent:
        return Absent(document.resource, document.path)
    may = _may_allow(document)
    granted = {
        action: _granted(document, action) if action in may else (False, None) for action in _ESCALATING
    }
    found: list[Any] = []
    where: Statement | None = None
    unsure: Unresolved | None = document.unclear
    for method, needed in ESCALATIONS.items():
        known = all_true(granted[action][0] for action in needed)
        if known and _may_pass(document, needed):
            found.append(method)
            where = where or granted[needed[-1]][1]
        elif known is None and unsure is None:
            statement = next(granted[action][1] for action in needed if granted[action][0] is None)
            unsure = unclear_part(statement) if statement else None
    if unsure is not None:
        found.append(unsure)
    at = where or document
    return Known(found, at.resource, at.path)


def _may_allow(document: Document) -> frozenset[str]:
    """Return the escalating actions that some statement may name; most documents are about other services."""
    found: frozenset[str] = frozenset()
    for statement in document.statements:
        covered, known = _covers(tuple(statement.actions))
        if statement.not_actions or known is None:
            return _ESCALATING
        found |= covered
    return found & _ESCALATING


def _granted(document: Document, action: str) -> tuple[bool | None, Statement | None]:
    """Return whether `action` is allowed everywhere and nowhere denied, and the statement that decides."""
    known: bool | None = False
    by: Statement | None = None
    for statement in document.statements:
        names = _names(statement, action)
        if names is False:
            continue
        if statement.effect == "Deny":
            if names and not statement.conditions and statement.whole and _everywhere(statement, action):
                return False, statement
            continue
        answer = all_true((allows(statement), names, _everywhere(statement, action)))
        if (answer and not known) or (answer is None and known is False):
            known, by = answer, statement
    return known, by


def _may_pass(document: Document, needed: tuple[str, ...]) -> bool:
    """Whether the document's PassRole may name the service that the method uses."""
    if needed[0] != _PASS:
        return True
    service = needed[1].partition(":")[0]
    for statement in document.statements:
        if statement.effect != "Allow" or not _names(statement, _PASS):
            continue
        if _everywhere(statement, _PASS) is False:
            continue  # of named roles, each with what it may be passed to
        limits = [each for each in statement.conditions if each.key.lower() == "iam:passedtoservice"]
        values = [value for each in limits for value in each.values]
        if not limits or any(
            isinstance(each, (Unresolved, Reference)) or each.startswith((service, "*")) for each in values
        ):
            return True
    return False
