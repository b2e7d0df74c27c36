"""AWS's own managed policies where they are attached, as `access_policy` assets: they count with their content.

The account's own policies are assets where they are declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.iam_actions import escalation_paths, sensitive_actions, wildcard_resources
from tfaudit.services.aws.identity.iam_calls import GROUPS, ROLES, USERS
from tfaudit.services.aws.identity.iam_managed import content, managed_name
from tfaudit.services.aws.identity.iam_policies import POLICY
from tfaudit.services.aws.identity.policy_documents import Document, document
from tfaudit.services.aws.identity.policy_questions import admin, wildcard_actions, wildcards
from tfaudit.services.contents import listed

READS = (
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy_attachment",
    "aws_iam_group_policy_attachment",
    "aws_iam_policy_attachment",
    "aws_iam_role_policy_attachments_exclusive",
    "aws_iam_user_policy_attachments_exclusive",
    "aws_iam_group_policy_attachments_exclusive",
    "aws_iam_role",
    "aws_ssoadmin_managed_policy_attachment",
    "AWS::IAM::Role",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::SSO::PermissionSet",
    "iam.get_account_authorization_details",
)
KINDS = ("access_policy",)
CALLS = (ROLES, GROUPS, USERS)

_LISTS = (
    "policy_arn",
    "policy_arns",
    "managed_policy_arns",
    "managed_policy_arn",
    "ManagedPolicyArns",
    "ManagedPolicies",
)
_SETTLE = "scan the plan or the live account"
_WHOSE = Unresolved("an attachment has no name of its own", "see its role, user or group")


def _answer(question: Callable[[Document], Reading], view: View) -> Reading:
    name = managed_name(view.body, view)
    allowed: Any = content(name) if name else Unresolved("which policy is attached is not known", _SETTLE)
    reading = question(document(Reading(allowed, view.resource, view.base), view.inventory))
    return Reading(reading.value, view.resource, view.base)


def _as_setting(reading: Reading) -> Any:
    return (
        Known(reading.value, reading.resource, reading.path) if isinstance(reading.value, list) else reading
    )


def _asked(question: Callable[[Document], Reading]) -> Fact:
    def answer(view: View) -> Any:
        return _as_setting(_answer(question, view))

    return Fact(terraform=answer, cloudformation=answer, api=answer)


# What AWS asks for, whole, on the roles of its own services:
# docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html,
# docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
_ASKED_FOR = (
    "service-role/",
    "AmazonEKSClusterPolicy",
    "AmazonEKSVPCResourceController",
    "AmazonSSMManagedInstanceCore",
)


def _narrow(question: Callable[[Document], Reading]) -> Fact:
    """Return the fact of a question about the width of a policy: one that AWS asks for cannot be made narrower."""

    def answer(view: View) -> Any:
        name = managed_name(view.body, view)
        reading = _answer(question, view)
        if name.startswith(_ASKED_FOR) and reading.value not in (False, []):
            because = f"AWS asks for {name} on the roles of its services: nobody can narrow it"
            return NotApplicable(because, view.resource, view.base)
        return _as_setting(reading)

    return Fact(terraform=answer, cloudformation=answer, api=answer)


_HOLDERS = {
    "role": ("aws_iam_role", "AWS::IAM::Role"),
    "user": ("aws_iam_user", "AWS::IAM::User"),
    "group": ("aws_iam_group", "AWS::IAM::Group"),
}


def _held_by(view: View) -> str:
    """Return what holds it, `role`, where that is an asset of its own here; "" where it is declared elsewhere."""
    body, type_ = view.resource.body, view.resource.type
    for kind, types in _HOLDERS.items():
        if type_ in types or f"{kind.title()}Name" in body:
            return kind
        named = body.get(kind)
        for target in view.inventory.at(named.address) if isinstance(named, Reference) else ():
            if target.type in types:
                return kind
    return ""


def _admin(view: View) -> Any:
    reading = _answer(admin, view)
    held = _held_by(view)
    return (
        NotApplicable(f"its {held} is judged", view.resource, view.base)
        if held and reading.value is True
        else reading
    )


def _escalations(view: View) -> Any:
    if _held_by(view) == "role":
        return NotApplicable("its role is judged", view.resource, view.base)
    return _as_setting(_answer(escalation_paths, view))


ATTACHED = {
    **POLICY,
    "admin": Fact(terraform=_admin, cloudformation=_admin, api=_admin),
    "wildcard_actions": _narrow(wildcard_actions),
    "wildcard_actions.named": _asked(wildcards),
    "wildcard_resources": _asked(wildcard_resources),
    "sensitive_actions": _narrow(sensitive_actions),
    "escalation_paths": Fact(terraform=_escalations, cloudformation=_escalations, api=_escalations),
    "tags": Fact(not_applicable="an attachment has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield each AWS-managed policy that the resource attaches."""
    if str(view.resource.body.get("Path", "")).startswith("/aws-service-role/"):
        return  # AWS's own, which nobody else can change
    for path in _LISTS:
        for each in listed(view.read(path)):
            yield from _attached(each, view)
    for inside in view.each("AttachedManagedPolicies"):
        yield from _attached(inside.read("PolicyArn"), view)


def _attached(named: Reading, view: View) -> Iterator[Asset]:
    name = managed_name(named.value, view)
    if name or isinstance(named.value, Unresolved):
        at = View(named.resource, view.inventory)
        at.body, at.base = named.value, named.path
        # Several may be attached at once; a resource that attaches one is that attachment.
        part = "" if len(named.path) == 1 else ".".join(map(str, named.path))
        yield asset("access_policy", at, ATTACHED, _WHOSE, name.rpartition("/")[2] or str(named.value), part)
