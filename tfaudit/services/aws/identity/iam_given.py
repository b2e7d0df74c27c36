"""Everything that a role, user or group is given: inline policies, attached ones, AWS's own, and those of its groups.

What one of them allows the holder may do; a part that is not known, or whose holder is not, keeps the whole from being
known as harmless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import Path, Resource, Unresolved
from tfaudit.reading.companions import given_away, may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Known, Pointer, Reading, Unknown, state
from tfaudit.reading.view import View
from tfaudit.services.aws.identity.iam_actions import escalation_paths
from tfaudit.services.aws.identity.iam_managed import content, managed_name
from tfaudit.services.aws.identity.iam_policies import stated_policy
from tfaudit.services.aws.identity.iam_words import ATTACHED, HOLDER, LIVE, ONE, POLICY, holder, marks
from tfaudit.services.aws.identity.policy_documents import Document, document, raw
from tfaudit.services.aws.identity.policy_questions import admin, is_false, is_true

GIVEN = ("name", "id", "inline", "attached", "groups")
"""The words of a holder from which it is read what it is given."""

# For each kind of holder, which other resources give it something, with the attribute by which they name it.
_INLINE: Spelling = {
    "role": aws(
        "aws_iam_role_policy/role",
        ("AWS::IAM::Policy/Roles", "AWS::IAM::RolePolicy/RoleName", "AWS::IAM::ManagedPolicy/Roles"),
        NOTHING,
    ),
    "user": aws(
        "aws_iam_user_policy/user",
        ("AWS::IAM::Policy/Users", "AWS::IAM::UserPolicy/UserName", "AWS::IAM::ManagedPolicy/Users"),
        NOTHING,
    ),
    "group": aws(
        "aws_iam_group_policy/group",
        ("AWS::IAM::Policy/Groups", "AWS::IAM::GroupPolicy/GroupName", "AWS::IAM::ManagedPolicy/Groups"),
        NOTHING,
    ),
}
_ATTACHMENTS: Spelling = {
    kind: aws(
        (
            f"aws_iam_{kind}_policy_attachment/{kind}",
            f"aws_iam_policy_attachment/{kind}s",
            f"aws_iam_{kind}_policy_attachments_exclusive/{kind}_name",
        ),
        NOTHING,
    )
    for kind in ("role", "user", "group")
}
_MEMBERSHIPS: Spelling = {
    "user": aws(
        ("aws_iam_user_group_membership/user", "aws_iam_group_membership/users"),
        "AWS::IAM::UserToGroupAddition/Users",
        NOTHING,
    ),
}
# What those resources say.
_ATTACHMENT: Spelling = {"attached": aws(("policy_arn", "policy_arns"), NOTHING, NOTHING, ATTACHED)}
_MEMBERSHIP: Spelling = {"groups": aws(("groups", "group"), "GroupName", NOTHING, ONE)}
_GROUPS = ("aws_iam_group", "AWS::IAM::Group", LIVE)
_MANAGED = {"aws_iam_policy": "name", "AWS::IAM::ManagedPolicy": "ManagedPolicyName"}
_NAMES = ("name", "id", "RoleName", "UserName", "GroupName")

_MOST_KEPT = 4_096


class Given(Struct, frozen=True):
    """One policy, and where it is given; `perhaps` says why it may be another holder's.

    `group` is the one by which a user has it.
    """

    policy: Document
    resource: Resource
    path: Path
    perhaps: str = ""
    group: Resource | None = None

    @property
    def way(self) -> tuple[tuple[Resource, Path], ...]:
        """The resources from the holder to the policy: a group, what attaches it, the policy's own."""
        first = () if self.group is None else ((self.group, ()),)
        last = (
            ((self.policy.resource, self.policy.path),) if self.policy.resource is not self.resource else ()
        )
        return (*first, (self.resource, self.path), *last)


def admin_given(view: View, kind: str) -> Reading:
    """Return whether the `kind` of holder that `view` shows may do everything."""
    unsure: Unknown | None = None
    for each in given(view, kind):
        answer = admin(each.policy)
        if is_false(answer):
            continue
        if is_true(answer) and not each.perhaps:
            return Known(True, each.resource, each.path, each.way)
        why = (answer.because, answer.settle_with) if isinstance(answer, Unknown) else (each.perhaps, SETTLE)
        unsure = unsure or Unknown(*why, each.resource, each.path)
    return unsure or Known(False, view.resource, view.base)


def escalations_given(view: View, kind: str) -> Known:
    """Return the ways to further rights that the holder's policies open, alone or together."""
    parts = given(view, kind)
    certain = [each.policy for each in parts if not each.perhaps]
    paths = _paths(certain, view) if certain else []
    if all(isinstance(each, str) for each in paths) and len(certain) < len(parts):
        more = _paths([each.policy for each in parts], view)
        if len(more) > len(paths):
            perhaps = next(each.perhaps for each in parts if each.perhaps)
            paths.append(Unresolved(perhaps, SETTLE))
    bounded = not isinstance(view.word("boundary"), Absent)
    if bounded and any(isinstance(each, str) for each in paths):
        why = "its policies lead to further rights, but its permissions boundary may take them back"
        paths = [Unresolved(why, "compare the boundary by hand")]
    opening = _opening(parts, view)
    if opening is None:
        return Known(paths, view.resource, view.base)
    return Known(paths, opening.resource, opening.path, opening.way)


def _paths(policies: Sequence[Document], view: View) -> list[Any]:
    """Return the ways that policies open together; holders often have the same ones."""
    kept = view.inventory.derived(_of_policies)
    key = tuple(map(id, policies))
    found = kept.get(key)
    if found is None:
        answer = escalation_paths(policies[0] if len(policies) == 1 else _together(policies, view))
        found = list(answer.value) if isinstance(answer, Known) else [], tuple(policies)
        if len(kept) < _MOST_KEPT:
            kept[key] = found
    return list(found[0])


def _of_policies(_: Inventory) -> dict[tuple[int, ...], tuple[list[Any], tuple[Document, ...]]]:
    return {}  # with the policies: they are known by where they are kept


def _opening(parts: tuple[Given, ...], view: View) -> Given | None:
    """Return the first policy that opens a way alone; None for ways that several open together."""
    return next((each for each in parts if _paths([each.policy], view)), None)


def _together(documents: Sequence[Document], view: View) -> Document:
    statements = tuple(statement for each in documents for statement in each.statements)
    unclear = next((each.unclear for each in documents if each.unclear), None)
    return Document(view.resource, view.base, statements, unclear)


@lru_cache(maxsize=64)
def given(view: View, kind: str) -> tuple[Given, ...]:
    """Return the policies of the holder, with those of the groups that a user is in."""
    found = list(_own(view, kind))
    if kind == "user":
        for group, perhaps in _groups(view):
            if isinstance(group, Given):
                found.append(replace(group, perhaps=perhaps))
            else:
                found += [
                    replace(each, perhaps=each.perhaps or perhaps, group=group.resource)
                    for each in _own(group, "group")
                ]
    return tuple(found)


def _own(view: View, kind: str) -> Iterator[Given]:
    for inner in view.elements("inline"):
        stated = inner.word("document")
        if not isinstance(stated, Absent):
            yield Given(stated_policy(inner), stated.resource, stated.path)
    for each, perhaps in _naming(view, _INLINE, kind):
        yield _beside(each.spelled(POLICY), perhaps)
    for attached in view.elements("attached"):
        yield _attached(attached)
    for each, perhaps in _naming(view, _ATTACHMENTS, kind):
        for made in _attached_by(each):
            yield replace(made, perhaps=perhaps) if perhaps else made
    if (elsewhere := given_away(view.resource)) is not None:
        more = Unknown(elsewhere.because, elsewhere.settle_with, view.resource, view.base)
        yield Given(document(more, view.inventory), view.resource, view.base)


def _beside(policy: View, perhaps: str = "") -> Given:
    """Return a policy that is a resource of its own."""
    found = stated_policy(policy)
    if found.absent:
        because = f"{policy.resource.address} holds no policy here"
        found = document(Unknown(because, SETTLE, policy.resource), policy.inventory)
    return Given(found, found.resource, found.path, perhaps)


def _naming(holder: View, table: Spelling, kind: str) -> Iterator[tuple[View, str]]:
    """Yield the resources of a table's types that name the holder, and with the reason those that may."""
    inventory = holder.inventory
    names = marks(holder, "name", "id")
    for path in holder.spelled(table).paths(kind):
        type_, _, attribute = path.partition("/")
        found, unsure = inventory.pointing_at(holder.resource, names, type_, attribute)
        for each in found:
            doubt = may_be_missing(each, holder.resource)
            yield View(each, inventory), "" if doubt is None else doubt.because
        if unsure:
            for each in inventory.homeless(type_, attribute, holder.resource.type, _NAMES):
                if each not in found:
                    because = f"{each.address} may be given to it: its {attribute} is not known"
                    yield View(each, inventory), because


def _attached_by(attachment: View) -> tuple[Given, ...]:
    """Return the policies of an attachment, put together once: one of unknown holder may be that of each."""
    kept = attachment.inventory.derived(_of_attachments)
    found = kept.get(id(attachment.resource))
    if found is None:
        elements = attachment.spelled(_ATTACHMENT).elements("attached")
        found = kept[id(attachment.resource)] = tuple(map(_attached, elements))
    return found


def _of_attachments(_: Inventory) -> dict[int, tuple[Given, ...]]:
    return {}


def _attached(each: View) -> Given:
    """Return the policy that an attachment names: declared here, or AWS's own; otherwise why it is not known."""
    named = each.word("arn")
    for policy in _declared(each):
        return replace(_beside(policy.spelled(POLICY)), resource=named.resource, path=named.path)
    name = managed_name(each)
    allowed = state(content(name) if name else _not_here(named), named.resource, named.path)
    return Given(document(allowed, each.inventory), named.resource, named.path)


def _not_here(named: Reading) -> Unresolved:
    match named:
        case Unknown(because=why, settle_with=settle_with):
            return Unresolved(f"which policy is attached is not known: {why}", settle_with)
        case Absent():
            return Unresolved("which policy is attached is not known", SETTLE)
        case Known() | Pointer():
            return Unresolved(f"the attached policy {raw(named)} is not declared here", SETTLE)


def _declared(each: View) -> list[View]:
    """Return the account's own policy that an attachment names, where it is at hand."""
    match each.word("arn"):
        case Pointer():
            return each.leads_to("arn", *_MANAGED)
        case Known(value=str() as arn) if ":iam::aws:" not in arn:
            name = arn.rpartition("/")[2]
            return each.leads_to("arn", LIVE, named=("Arn",)) or [
                View(one, each.inventory)
                for type_, attribute in _MANAGED.items()
                for one in each.inventory.named(type_, attribute, name)
            ]
        case _:
            return []


def _groups(user: View) -> Iterator[tuple[View | Given, str]]:
    """Yield each group that the user is in, or that it is in one that is not known; and why it may not be in it."""
    for each in user.elements("groups"):
        yield _group(each), ""
    for membership, perhaps in _naming(user, _MEMBERSHIPS, "user"):
        for each in membership.spelled(_MEMBERSHIP).elements("groups"):
            yield _group(each), perhaps


def _group(each: View) -> View | Given:
    """Return the group that is named, or what it may give where it is not declared here."""
    for found in each.leads_to("name", *_GROUPS, named=("name", "GroupName")):
        if holder(found) == "group":
            return found.spelled(HOLDER)
    named = each.word("name")
    shown = "(not known)" if isinstance(named, Absent) else raw(named)
    because = f"it is in the group {shown}, which is not declared here"
    stated = Unknown(because, SETTLE, named.resource, named.path)
    return Given(document(stated, each.inventory), named.resource, named.path)
