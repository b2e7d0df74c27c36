"""Everything that a role, user or group is given: inline policies, attached ones, AWS's own, and those of its groups.

What one of them allows the holder may do; a part that is not known, or whose holder is not, keeps the whole from being
known as harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.inventory import ABSENT, same_text
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.iam_actions import escalation_paths
from tfaudit.services.aws.identity.iam_managed import content, managed_name
from tfaudit.services.aws.identity.iam_policies import default_version
from tfaudit.services.aws.identity.policy_documents import Document, document
from tfaudit.services.aws.identity.policy_questions import admin
from tfaudit.services.contents import listed

_SETTLE = "scan the plan or the live account"
LIVE = "iam.get_account_authorization_details"
ATTACHMENTS = {
    "role": {
        "aws_iam_role_policy_attachment": "role",
        "aws_iam_policy_attachment": "roles",
        "aws_iam_role_policy_attachments_exclusive": "role_name",
    },
    "user": {
        "aws_iam_user_policy_attachment": "user",
        "aws_iam_policy_attachment": "users",
        "aws_iam_user_policy_attachments_exclusive": "user_name",
    },
    "group": {
        "aws_iam_group_policy_attachment": "group",
        "aws_iam_policy_attachment": "groups",
        "aws_iam_group_policy_attachments_exclusive": "group_name",
    },
}
"""Terraform's attachment types, with the attribute that names the holder."""

_INSIDE = ("inline_policy", "Policies", "RolePolicyList", "UserPolicyList", "GroupPolicyList")
_INLINE = {
    "terraform": {
        "role": {"aws_iam_role_policy": "role"},
        "user": {"aws_iam_user_policy": "user"},
        "group": {"aws_iam_group_policy": "group"},
    },
    "cloudformation": {
        "role": {"AWS::IAM::Policy": "Roles", "AWS::IAM::RolePolicy": "RoleName", "AWS::IAM::ManagedPolicy": "Roles"},
        "user": {"AWS::IAM::Policy": "Users", "AWS::IAM::UserPolicy": "UserName", "AWS::IAM::ManagedPolicy": "Users"},
        "group": {
            "AWS::IAM::Policy": "Groups", "AWS::IAM::GroupPolicy": "GroupName", "AWS::IAM::ManagedPolicy": "Groups"
        },
    },
}  # fmt: skip
# Resource → the attributes that name the members and the groups.
_MEMBERSHIPS = {
    "aws_iam_user_group_membership": ("user", "groups"),
    "aws_iam_group_membership": ("users", "group"),
    "AWS::IAM::UserToGroupAddition": ("Users", "GroupName"),
}
_GROUPS = {"aws_iam_group": "name", "AWS::IAM::Group": "GroupName"}
_MANAGED = {"aws_iam_policy": "name", "AWS::IAM::ManagedPolicy": "ManagedPolicyName"}
_NAMES = ("name", "id", "RoleName", "UserName", "GroupName")


class Given(Struct, frozen=True):
    """One policy, and where it is given; `perhaps` says why it may be another holder's."""

    policy: Document
    where: Reading
    perhaps: str = ""


def admin_given(view: View, kind: str) -> Reading:
    """Return whether the `kind` of holder that `view` shows may do everything."""
    unsure: Reading | None = None
    for each in given(view, kind):
        answer = admin(each.policy)
        if answer.absent or answer.value is False:
            continue
        if answer.value is True and not each.perhaps:
            return Reading(True, each.where.resource, each.where.path)
        why = answer.value if isinstance(answer.value, Unresolved) else Unresolved(each.perhaps, _SETTLE)
        unsure = unsure or replace(each.where, value=why)
    return unsure or Reading(False, view.resource, view.base)


def escalations_given(view: View, kind: str) -> Known:
    """Return the ways to further rights that the holder's policies open, alone or together."""
    parts = given(view, kind)
    certain = [each.policy for each in parts if not each.perhaps]
    found = escalation_paths(_together(certain, view)).value if certain else []
    paths: list[Any] = list(found) if isinstance(found, list) else []
    if all(isinstance(each, str) for each in paths) and len(certain) < len(parts):
        more = escalation_paths(_together([each.policy for each in parts], view)).value
        if isinstance(more, list) and len(more) > len(paths):
            perhaps = next(each.perhaps for each in parts if each.perhaps)
            paths.append(Unresolved(perhaps, _SETTLE))
    boundary = view.first("permissions_boundary", "PermissionsBoundary")
    if not boundary.absent and any(isinstance(each, str) for each in paths):
        why = "its policies lead to further rights, but its permissions boundary may take them back"
        paths = [Unresolved(why, "compare the boundary by hand")]
    where = _opening(parts) or Reading(None, view.resource, view.base)
    return Known(paths, where.resource, where.path)


def _opening(parts: tuple[Given, ...]) -> Reading | None:
    """Return where the first policy is given that opens a way alone; None for ways that several open together."""
    for each in parts:
        found = escalation_paths(each.policy).value
        if isinstance(found, list) and found:
            return each.where
    return None


def _together(documents: list[Document], view: View) -> Document:
    statements = tuple(statement for each in documents for statement in each.statements)
    untold = next((each.untold for each in documents if each.untold), None)
    return Document(Reading(None, view.resource, view.base), statements, untold)


@lru_cache(maxsize=64)
def given(view: View, kind: str) -> tuple[Given, ...]:
    """Return the policies of the holder, with those of the groups that a user is in."""
    found = list(_own(view, kind))
    if kind == "user":
        for group, perhaps in _groups(view):
            if isinstance(group, Reading):
                found.append(Given(document(group, view.inventory), group, perhaps))
            else:
                found += [replace(each, perhaps=each.perhaps or perhaps) for each in _own(group, "group")]
    return tuple(found)


def _own(view: View, kind: str) -> Iterator[Given]:
    for attribute in _INSIDE:
        for inner in view.each(attribute):
            reading = inner.first("policy", "PolicyDocument")
            if not reading.absent:
                yield Given(document(reading, view.inventory), reading)
    names = _names(view)
    for type_, attribute in _INLINE.get(view.dialect, {}).get(kind, {}).items():
        yield from _beside(view, names, type_, attribute)
    for path in ("managed_policy_arns", "ManagedPolicyArns"):
        for reading in listed(view.read(path)):
            yield _attached(reading, view)
    yield from _attached_live(view)
    for type_, attribute in ATTACHMENTS[kind].items() if view.dialect == "terraform" else ():
        for each, perhaps in _naming(view, names, type_, attribute):
            for reading in listed(View(each, view.inventory).first("policy_arn", "policy_arns")):
                yield replace(_attached(reading, view), perhaps=perhaps)


def _names(view: View) -> list[str]:
    names = [view.read(each).value for each in _NAMES]
    words = [each if isinstance(each, str) else same_text(view.resource, each) for each in names]
    return [each for each in words if each]


def _beside(view: View, names: list[str], type_: str, attribute: str) -> Iterator[Given]:
    for each, perhaps in _naming(view, names, type_, attribute):
        reading = View(each, view.inventory).first("policy", "PolicyDocument")
        if reading.absent:
            reading = Reading(Unresolved(f"{each.address} holds no policy here", _SETTLE), each)
        yield Given(document(reading, view.inventory), reading, perhaps)


def _naming(view: View, names: list[str], type_: str, attribute: str) -> Iterator[tuple[Resource, str]]:
    """Yield the resources of `type_` whose `attribute` names the holder, and with the reason those that may."""
    found, unsure = view.inventory.pointing_at(view.resource, names, type_, attribute)
    for each in found:
        yield each, ""
    if unsure:
        for each in view.inventory.homeless(type_, attribute, view.resource.type, _NAMES):
            if each not in found:
                yield each, f"{each.address} may be given to it: its {attribute} is not known"


def _attached_live(view: View) -> Iterator[Given]:
    attached = view.read("AttachedManagedPolicies")
    if isinstance(attached.value, Unresolved):
        yield Given(document(attached, view.inventory), attached)
    for each in view.each("AttachedManagedPolicies") if isinstance(attached.value, list) else ():
        yield _attached(each.read("PolicyArn"), view)


def _attached(named: Reading, view: View) -> Given:
    """Return the policy that an attachment names: declared here, or AWS's own; otherwise why it is not known."""
    for each in _declared(named.value, view):
        inner = View(each, view.inventory)
        reading = (
            default_version(inner) if inner.dialect == "api" else inner.first("policy", "PolicyDocument")
        )
        return Given(document(reading, view.inventory), named)
    name = managed_name(named.value, view)
    if name:
        allowed: Any = content(name)
    elif isinstance(named.value, Unresolved):
        allowed = Unresolved(
            f"which policy is attached is not known: {named.value.because}", named.value.settle_with
        )
    elif named.absent:
        allowed = Unresolved("which policy is attached is not known", _SETTLE)
    else:
        allowed = Unresolved(f"the attached policy {named.value} is not declared here", _SETTLE)
    return Given(document(replace(named, value=allowed), view.inventory), named)


def _declared(named: Any, view: View) -> list[Resource]:
    """Return the account's own policy that an attachment names, where it is at hand."""
    if isinstance(named, Reference):
        return [each for each in view.inventory.at(named.address) if each.type in _MANAGED]
    if not isinstance(named, str) or ":iam::aws:" in named:
        return []
    if view.dialect == "api":
        found, _ = view.inventory.pointing_at(view.resource, [named], LIVE, "Arn")
        return [each for each in found if each.body.get("Arn") == named]
    name = named.rpartition("/")[2]
    return [
        each for type_, attribute in _MANAGED.items() for each in view.inventory.named(type_, attribute, name)
    ]


def _groups(user: View) -> Iterator[tuple[View | Reading, str]]:
    """Yield each group that the user is in, or a reading of one that is not known; and why it may not be in it."""
    for attribute in ("Groups", "GroupList"):
        for reading in listed(user.read(attribute)):
            yield from ((each, "") for each in _group(reading, user))
    names = _names(user)
    for type_, (members, groups) in _MEMBERSHIPS.items():
        for each, perhaps in _naming(user, names, type_, members):
            for reading in listed(View(each, user.inventory).read(groups)):
                yield from ((group, perhaps) for group in _group(reading, user))


def _group(named: Reading, user: View) -> Iterator[View | Reading]:
    found: list[Resource] = []
    if isinstance(named.value, Reference):
        found = [each for each in user.inventory.at(named.value.address) if each.type in _GROUPS]
    elif isinstance(named.value, str) and user.dialect == "api":
        found = [
            each
            for each in user.inventory.named(LIVE, "GroupName", named.value)
            if "UserName" not in each.body
        ]
    elif isinstance(named.value, str):
        found = [
            each for type_, name in _GROUPS.items() for each in user.inventory.named(type_, name, named.value)
        ]
    if found:
        yield View(found[0], user.inventory)
        return
    shown = named.value if named.value is not ABSENT else "(not known)"
    because = f"it is in the group {shown}, which is not declared here"
    yield replace(named, value=Unresolved(because, _SETTLE))
