"""IAM policies, managed and inline, as `access_policy` assets.

An inline policy may be a resource of its own or stand in its user, group or role. AWS's own managed policies are not
assets: what they give is judged where they are attached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset, key
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.iam_actions import escalation_paths, sensitive_actions, wildcard_resources
from tfaudit.services.aws.identity.iam_calls import GROUPS, POLICIES, ROLES, USERS
from tfaudit.services.aws.identity.policy_documents import Document, document
from tfaudit.services.aws.identity.policy_questions import admin, wildcard_actions, wildcards
from tfaudit.services.aws.tags import TAGS

READS = (
    "aws_iam_policy",
    "aws_iam_role_policy",
    "aws_iam_user_policy",
    "aws_iam_group_policy",
    "aws_iam_role",
    "aws_ssoadmin_permission_set_inline_policy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::Role",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::SSO::PermissionSet",
    "iam.get_account_authorization_details",
)
KINDS = ("access_policy",)
CALLS = (POLICIES, ROLES, replace(USERS, details=()), GROUPS)

_MANAGED = frozenset({"aws_iam_policy", "AWS::IAM::ManagedPolicy"})
_HOLDERS = frozenset({"aws_iam_role", "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"})
_PERMISSION_SETS = frozenset({"aws_ssoadmin_permission_set_inline_policy", "AWS::SSO::PermissionSet"})
_INLINE = ("inline_policy", "Policies", "RolePolicyList", "UserPolicyList", "GroupPolicyList")
_OWNERS = (
    ("role", "role"), ("user", "user"), ("group", "group"),
    ("RoleName", "role"), ("UserName", "user"), ("GroupName", "group"),
    ("Roles", "role"), ("Users", "user"), ("Groups", "group"),
)  # fmt: skip
_NO_PRINCIPAL = "an identity policy names no principals: it speaks of whom it is attached to"


def _text(view: View) -> Reading:
    if view.dialect == "api" and isinstance(view.body, dict) and "PolicyVersionList" in view.body:
        return default_version(view)
    if view.resource.type in _PERMISSION_SETS:
        return view.first("inline_policy", "InlinePolicy")
    return view.first("policy", "PolicyDocument")


def default_version(view: View) -> Reading:
    """Return the document of a live managed policy's version that is in force."""
    unclear: Reading | None = None
    for version in view.each("PolicyVersionList"):
        default = version.read("IsDefaultVersion")
        if isinstance(default.value, Unresolved):
            unclear = unclear or default
        elif default.value is True:
            return version.read("Document")
    return unclear or Reading(
        Unresolved("its default version is not listed", "grant iam:GetPolicyVersion"), view.resource
    )


@lru_cache(maxsize=64)
def _document(view: View) -> Document:
    # Every fact of a policy asks it, one after the other.
    return document(_text(view), view.inventory)


def _asked(question: Callable[[Document], Reading]) -> Fact:
    def answer(view: View) -> Any:
        reading = question(_document(view))
        if reading.value is ABSENT:
            return Unresolved("it holds no policy document", "check it by hand")
        if isinstance(reading.value, list):
            return Known(reading.value, reading.resource, reading.path)
        return reading

    return Fact(terraform=answer, cloudformation=answer, api=answer)


POLICY = {
    "admin": _asked(admin),
    "wildcard_actions": _asked(wildcard_actions),
    "wildcard_actions.named": _asked(wildcards),
    "wildcard_resources": _asked(wildcard_resources),
    "sensitive_actions": _asked(sensitive_actions),
    "escalation_paths": _asked(escalation_paths),
    "public_principal": Fact(not_applicable=_NO_PRINCIPAL),
    "cross_account": Fact(not_applicable=_NO_PRINCIPAL),
    "principals": Fact(not_applicable=_NO_PRINCIPAL),
    "tls_enforced": Fact(not_applicable="an identity policy is no gate to a resource"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the policy that the resource is, or each inline policy that stands in it."""
    type_ = view.resource.type
    if type_ in _MANAGED or (view.dialect == "api" and "PolicyVersionList" in view.resource.body):
        yield asset("access_policy", view, POLICY, managed_key(view))
    elif type_ in _HOLDERS or view.dialect == "api":
        yield from _inside(view)
    elif type_ in _PERMISSION_SETS:
        if not _text(view).absent:
            made_up = Unresolved("IAM Identity Center makes its id up", "scan the plan's state")
            yield asset("access_policy", view, POLICY, made_up)
    else:
        yield asset("access_policy", view, POLICY, _owned_key(view))


def managed_key(view: View) -> Key:
    """Return the key of a managed policy: an account holds its name, the last part of its ARN, unique."""
    if view.dialect == "api":
        return f"aws:iam:policy/{str(view.get('Arn')).rpartition('/')[2]}"
    return key(view, "aws:iam:policy/{}", "name", "ManagedPolicyName")


def _inside(view: View) -> Iterator[Asset]:
    if str(view.resource.body.get("Path", "")).startswith("/aws-service-role/"):
        return  # AWS's own, which nobody else can change
    owner = holder_key(view)
    for attribute in _INLINE:
        for index, inner in enumerate(view.each(attribute)):
            if isinstance(inner.body, dict) and inner.first("policy", "PolicyDocument").absent:
                continue  # Terraform's empty block says "no inline policies"
            name = key(inner, "{}", "name", "PolicyName")
            known = (
                owner
                if isinstance(owner, Unresolved)
                else name
                if isinstance(name, Unresolved)
                else f"{owner}/policy/{name}"
            )
            yield asset("access_policy", inner, POLICY, known, part=f"{attribute}[{index}]")


def holder_key(view: View) -> Key:
    """Return the key of a user, group or role."""
    type_, body = view.resource.type, view.resource.body
    if type_ in ("aws_iam_role", "AWS::IAM::Role") or "RoleName" in body:
        return key(view, "aws:iam:role/{}", "name", "RoleName")
    if type_ in ("aws_iam_user", "AWS::IAM::User") or "UserName" in body:
        return key(view, "aws:iam:user/{}", "name", "UserName")
    return key(view, "aws:iam:group/{}", "name", "GroupName")


def _owned_key(view: View) -> Key:
    """Return the key of an inline policy of its own type: its owner's, and its name."""
    for attribute, kind in _OWNERS:
        value = view.read(attribute).value
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, Reference):
            found = view.inventory.at(first.address)
            owner: Key = (
                holder_key(View(found[0], view.inventory))
                if found
                else Unresolved(f"its {kind} is {first}", "scan the plan or the live account")
            )
        elif isinstance(first, Unresolved):
            return first
        elif isinstance(first, str):
            owner = f"aws:iam:{kind}/{first}"
        else:
            continue
        name = key(view, "{}", "name", "PolicyName")
        return (
            owner
            if isinstance(owner, Unresolved)
            else name
            if isinstance(name, Unresolved)
            else f"{owner}/policy/{name}"
        )
    return Unresolved("it is attached to nothing", "attach it, or remove it")
