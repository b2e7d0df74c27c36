"""AWS's own managed policies where they are attached, as `access_policy` assets: they count with their content.

The account's own policies are assets where they are declared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Known, Reading, Unknown, state
from tfaudit.reading.view import View
from tfaudit.services.aws.identity.iam_actions import escalation_paths, sensitive_actions
from tfaudit.services.aws.identity.iam_calls import GROUPS, ROLES, USERS
from tfaudit.services.aws.identity.iam_managed import content, managed_name
from tfaudit.services.aws.identity.iam_policies import POLICY_FACTS
from tfaudit.services.aws.identity.iam_words import ATTACHED, holder, of_service
from tfaudit.services.aws.identity.policy_documents import Document, document, raw
from tfaudit.services.aws.identity.policy_questions import admin, is_true, wildcard_actions, wildcards

if TYPE_CHECKING:
    from collections.abc import Iterator

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
CALLS = (ROLES, GROUPS, replace(USERS, details=()))

TABLE: Spelling = {
    # of a resource that attaches policies: the list of them, and to whom they are given where it says so itself
    "attached": aws(
        ("policy_arn", "policy_arns", "managed_policy_arns", "managed_policy_arn"),
        ("ManagedPolicyArns", "ManagedPolicies"),
        "AttachedManagedPolicies",
        ATTACHED,
    ),
    "role": aws("role", NOTHING),
    "user": aws("user", NOTHING),
    "group": aws("group", NOTHING),
}
NAMED: Spelling = {"arn": aws("", "")}
"""Of one that is attached: its asset stands at the name itself."""
IDENTITY = ("attached",)

_WHOSE = Unresolved("an attachment has no name of its own", "see its role, user or group")


def _answer(question: Callable[[Document], Reading], view: View) -> Reading:
    """Return the answer at the place where the policy is attached: its text is AWS's."""
    name = managed_name(view)
    allowed = content(name) if name else _not_named(view.word("arn"))
    answer = question(document(state(allowed, view.resource, view.base), view.inventory))
    answer.resource, answer.path = view.resource, view.base
    return answer


def _not_named(named: Reading) -> Unresolved:
    because = "which policy is attached is not known"
    if isinstance(named, Unknown):
        return Unresolved(f"{because}: {named.because}", named.settle_with)
    return Unresolved(because, SETTLE)


def _asked(question: Callable[[Document], Reading]) -> Fact:
    return Fact(joins=lambda view: _answer(question, view), of=("arn",))


# What AWS asks for, whole, on the roles of its own services:
# docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html,
# docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html,
# docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
_ASKED_FOR = (
    "service-role/",
    "AmazonEKSClusterPolicy",
    "AmazonEKSVPCResourceController",
    "AmazonEKSComputePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonSSMManagedInstanceCore",
)


def _narrow(question: Callable[[Document], Reading]) -> Fact:
    """Return the fact of a question about the width of a policy: one that AWS asks for cannot be made narrower."""

    def joins(view: View) -> Reading | NotApplicable:
        name = managed_name(view)
        answer = _answer(question, view)
        sound = isinstance(answer, Known) and answer.value in (False, [])
        if name.startswith(_ASKED_FOR) and not sound:
            because = f"AWS asks for {name} on the roles of its services: nobody can narrow it"
            return NotApplicable(because, view.resource, view.base)
        return answer

    return Fact(joins=joins, of=("arn",))


def _held_by(view: View) -> str:
    """Return what holds it, `role`, where that is an asset of its own here; "" where it is declared elsewhere."""
    whole = View(view.resource, view.inventory, table=TABLE)
    if kind := holder(whole):
        return kind
    named = (kind for kind in _HOLDERS if whole.leads_to(kind, *_HOLDERS[kind]))
    return next(named, "")


_HOLDERS = {
    "role": ("aws_iam_role", "AWS::IAM::Role"),
    "user": ("aws_iam_user", "AWS::IAM::User"),
    "group": ("aws_iam_group", "AWS::IAM::Group"),
}


def _admin(view: View) -> Reading | NotApplicable:
    answer = _answer(admin, view)
    held = _held_by(view)
    if held and is_true(answer):
        return NotApplicable(f"its {held} is judged", view.resource, view.base)
    return answer


def _escalations(view: View) -> Reading | NotApplicable:
    if _held_by(view) == "role":
        return NotApplicable("its role is judged", view.resource, view.base)
    return _answer(escalation_paths, view)


ATTACHED_FACTS: Facts = {
    **POLICY_FACTS,
    "admin": Fact(joins=_admin, of=("arn",)),
    "wildcard_actions": _narrow(wildcard_actions),
    "wildcard_actions.named": _asked(wildcards),
    "sensitive_actions": _narrow(sensitive_actions),
    "escalation_paths": Fact(joins=_escalations, of=("arn",)),
    "tags": inapplicable("an attachment has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield each AWS-managed policy that the resource attaches."""
    if of_service(view):
        return
    for each in view.elements("attached"):
        named = each.word("arn")
        name = managed_name(each)
        # The account's own policies are assets where they are declared; one that is not known may be AWS's.
        if isinstance(named, Unknown) or (name and not isinstance(named, Absent)):
            # Several may be attached at once; a resource that attaches one is that attachment.
            part = "" if len(named.path) == 1 else ".".join(map(str, named.path))
            written = named.expression if isinstance(named, Unknown) else ""
            shown = name.rpartition("/")[2] or written or "(not known)"
            at = View(named.resource, view.inventory, table=NAMED)
            at.body, at.base = raw(named), named.path
            yield asset("access_policy", at, ATTACHED_FACTS, _WHOSE, shown, part)
