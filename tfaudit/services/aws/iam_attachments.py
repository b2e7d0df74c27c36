"""Which managed policies are attached to a user, group or role, and what AWS's own among them give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.assets.settings import Known
from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Unresolved

_SETTLE = "scan the plan or the live account"

# docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
_ADMIN = "policy/AdministratorAccess"
# Whoever has one of these can give itself every other right.
_ESCALATING = ("policy/IAMFullAccess", "policy/AWSOrganizationsFullAccess")

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


def attached(view: View, kind: str) -> Iterator[Reading]:
    """Yield what names each managed policy that is attached to the `kind` of holder for certain."""
    yield from _listed(view.first("managed_policy_arns", "ManagedPolicyArns"))
    attached_live = view.read("AttachedManagedPolicies")
    for index, _ in enumerate(attached_live.value if isinstance(attached_live.value, list) else []):
        yield view.read(f"AttachedManagedPolicies.{index}.PolicyArn")
    if view.dialect != "terraform":
        return
    names = [str(name) for name in (view.get("name"), view.get("id")) if name]
    for type_, attribute in ATTACHMENTS[kind].items():
        for each in view.inventory.pointing_at(view.resource, names, type_, attribute)[0]:
            yield from _listed(View(each, view.inventory).first("policy_arn", "policy_arns"))


def _perhaps_attached(view: View, kind: str) -> Iterator[tuple[Reading, str]]:
    """Yield what names each policy whose holder is not known, with the reason."""
    if view.dialect == "terraform":
        for type_, attribute in ATTACHMENTS[kind].items():
            for each in view.inventory.pointing_at(view.resource, [], type_, attribute)[1]:
                why = f"{each.address} may attach a policy to it: its {attribute} is not known"
                for reading in _listed(View(each, view.inventory).first("policy_arn", "policy_arns")):
                    yield reading, why


def _listed(reading: Reading) -> Iterator[Reading]:
    if isinstance(reading.value, list):
        for index, each in enumerate(reading.value):
            yield Reading(each, reading.resource, (*reading.path, index))
    elif not reading.absent:
        yield reading


def _arn(value: Any, view: View) -> str | None:
    """Return what is known of a policy's ARN; None where nothing is. Policies declared here are known by themselves."""
    if isinstance(value, str):
        return value
    if isinstance(value, Reference):
        for target in view.inventory.at(value.address):
            if target.type in ("aws_iam_policy", "AWS::IAM::ManagedPolicy"):
                return value.address
            if target.type == "data.aws_iam_policy":
                named = target.body.get("arn") or target.body.get("name")
                return (
                    named
                    if "policy/" in str(named)
                    else f"policy/{named}"
                    if isinstance(named, str)
                    else None
                )
        return None
    expression = getattr(value, "expression", "").strip('"')
    return expression if "policy/" in expression else None


def _given(
    view: View, kind: str, wanted: tuple[str, ...]
) -> tuple[list[str], Reading | None, Reading | None]:
    """Return the wanted policies that are attached, the first place of one, and the first that cannot be told."""
    found: list[str] = []
    where: Reading | None = None
    unsure: Reading | None = None
    for reading in attached(view, kind):
        arn = _arn(reading.value, view)
        if arn is None:
            unsure = unsure or reading
        elif arn.endswith(wanted):
            found.append(arn.rpartition("/")[2])
            where = where or reading
    if unsure is None:
        unsure = _perhaps(view, kind, wanted)
    return found, where, unsure


def _perhaps(view: View, kind: str, wanted: tuple[str, ...]) -> Reading | None:
    """Return why one of the wanted policies may be attached, through an attachment whose holder is not known."""
    for reading, why in _perhaps_attached(view, kind):
        arn = _arn(reading.value, view)
        if arn is None or arn.endswith(wanted):
            return Reading(Unresolved(why, _SETTLE), reading.resource, reading.path)
    return None


def admin_attached(view: View, kind: str) -> Any:
    """Whether AdministratorAccess is attached."""
    _, where, unsure = _given(view, kind, (_ADMIN,))
    if where is not None:
        return Reading(True, where.resource, where.path)
    if unsure is not None:
        return Reading(_why(unsure), unsure.resource, unsure.path)
    return Reading(False, view.resource, view.base)


def escalating_attached(view: View, kind: str) -> Known:
    """Return the attached policies of AWS by which one can give oneself every right."""
    found, where, unsure = _given(view, kind, _ESCALATING)
    shown = where or unsure or Reading(None, view.resource, view.base)
    value: list[Any] = [*found, *([_why(unsure)] if unsure else [])]
    return Known(value, shown.resource, shown.path)


def _why(reading: Reading) -> Unresolved:
    if isinstance(reading.value, Unresolved):
        return reading.value
    return Unresolved(f"an attached policy is {reading.value}", _SETTLE)
