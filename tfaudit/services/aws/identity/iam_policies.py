"""IAM policies, managed and inline, as `access_policy` assets.

An inline policy may be a resource of its own or stand in its user, group or role. AWS's own managed policies are not
assets: what they give is judged where they are attached.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset, key
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.states import SETTLE, Absent, Known, Pointer, Reading, Unknown
from tfaudit.services.aws.identity.iam_actions import escalation_paths, sensitive_actions
from tfaudit.services.aws.identity.iam_calls import GROUPS, POLICIES, ROLES, USERS
from tfaudit.services.aws.identity.iam_words import (
    HOLDER,
    KINDS_OF_HOLDERS,
    LIVE,
    POLICY,
    holder_key,
    of_service,
)
from tfaudit.services.aws.identity.policy_documents import Document, document, policy_of
from tfaudit.services.aws.identity.policy_questions import admin, wildcard_actions, wildcards
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

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

TABLE = POLICY
IDENTITY = ("name", "arn")

_PERMISSION_SETS = frozenset({"aws_ssoadmin_permission_set_inline_policy", "AWS::SSO::PermissionSet"})
_MANAGED = frozenset({"aws_iam_policy", "AWS::IAM::ManagedPolicy"})
_HOLDERS = frozenset({*KINDS_OF_HOLDERS, LIVE})
_NO_PRINCIPAL = "an identity policy names no principals: it speaks of whom it is attached to"


@lru_cache(maxsize=64)
def stated_policy(view: View) -> Document:
    """Return what a policy of its own or an inline one says, in the version that is in force."""
    # Every fact of a policy asks it, one after the other.
    if isinstance(view.word("versions"), Absent):
        return policy_of(view, "document")
    return _default_version(view)


def _default_version(view: View) -> Document:
    unclear: Document | None = None
    for version in view.elements("versions"):
        match version.word("default"):
            case Known(value=True):
                return policy_of(version, "document")
            case Unknown() as default:
                unclear = unclear or document(default, view.inventory)
            case Known() | Absent() | Pointer():
                pass
    missing = Unknown("its default version is not listed", "grant iam:GetPolicyVersion", view.resource)
    return unclear or document(missing, view.inventory)


def _asked(question: Callable[[Document], Reading]) -> Fact:
    def joins(view: View) -> Reading | CannotTell:
        answer = question(stated_policy(view))
        if isinstance(answer, Absent):
            return CannotTell("it holds no policy document", "check it by hand")
        return answer

    return Fact(joins=joins, of=("document", "versions"))


POLICY_FACTS: Facts = {
    "admin": _asked(admin),
    "wildcard_actions": _asked(wildcard_actions),
    "wildcard_actions.named": _asked(wildcards),
    "sensitive_actions": _asked(sensitive_actions),
    "escalation_paths": _asked(escalation_paths),
    "public_principal": inapplicable(_NO_PRINCIPAL),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the policy that the resource is, or each inline policy that stands in it."""
    type_ = view.resource.type
    if type_ in _MANAGED or not isinstance(view.word("versions"), Absent):
        yield asset("access_policy", view, POLICY_FACTS, _managed_key(view))
    elif type_ in _PERMISSION_SETS:
        if not isinstance(view.word("document"), Absent):
            made_up = Unresolved("IAM Identity Center makes its id up", "scan the plan's state")
            yield asset("access_policy", view, POLICY_FACTS, made_up)
    elif type_ in _HOLDERS:
        yield from _inside(view)
    else:
        yield asset("access_policy", view, POLICY_FACTS, _owned_key(view))


def _managed_key(view: View) -> Key:
    """Return the key of a managed policy: an account holds its name, the last part of its ARN, unique."""
    match view.word("arn"):
        case Known(value=str() as arn):
            return f"aws:iam:policy/{arn.rpartition('/')[2]}"
        case _:
            return key(view, "aws:iam:policy/{}", "name")


def _inside(view: View) -> Iterator[Asset]:
    if of_service(view):
        return
    owner = holder_key(view)
    for index, inner in enumerate(view.spelled(HOLDER).elements("inline")):
        if isinstance(inner.body, dict) and isinstance(inner.word("document"), Absent):
            continue  # Terraform's empty block says "no inline policies"
        part = f"{inner.base[0]}[{index}]"
        yield asset("access_policy", inner, POLICY_FACTS, _of_owner(owner, inner), part=part)


def _of_owner(owner: Key, policy: View) -> Key:
    name = key(policy, "{}", "name")
    if isinstance(owner, Unresolved):
        return owner
    return name if isinstance(name, Unresolved) else f"{owner}/policy/{name}"


def _owned_key(view: View) -> Key:
    """Return the key of an inline policy of its own type: its owner's, and its name."""
    for kind in ("role", "user", "group"):
        for first in view.elements(kind)[:1]:
            match first.word("name"):
                case Known(value=str() as name):
                    return _of_owner(f"aws:iam:{kind}/{name}", view)
                case Pointer(reference=reference):
                    found = first.leads_to("name")
                    owner = (
                        holder_key(found[0]) if found else Unresolved(f"its {kind} is {reference}", SETTLE)
                    )
                    return _of_owner(owner, view)
                case Unknown(because=because, settle_with=settle_with, expression=expression):
                    return Unresolved(because, settle_with, expression)
                case Known() | Absent():
                    pass
    return Unresolved("it is attached to nothing", "attach it, or remove it")
