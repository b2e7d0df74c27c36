"""What the policies of one role give together and none of them gives alone.

AWS's own managed policies are not at hand in code; they count by name only (`iam_attachments`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Resource, Unresolved
from tfaudit.services.aws.iam_actions import escalation_paths
from tfaudit.services.aws.iam_attachments import attached
from tfaudit.services.aws.iam_policies import default_version
from tfaudit.services.aws.policy_documents import Document, document, documents

LIVE = "iam.get_account_authorization_details"
_INSIDE = ("inline_policy", "Policies", "RolePolicyList")
_BESIDE = {
    "terraform": {"aws_iam_role_policy": "role"},
    "cloudformation": {
        "AWS::IAM::Policy": "Roles",
        "AWS::IAM::RolePolicy": "RoleName",
        "AWS::IAM::ManagedPolicy": "Roles",
    },
}
_MANAGED = frozenset({"aws_iam_policy", "AWS::IAM::ManagedPolicy"})


def combined_escalations(view: View) -> list[Any]:
    """Return the escalation methods that take actions from several policies of the role that `view` shows."""
    own = [document(reading, view.inventory) for reading in _policies(view)]
    if len(own) < 2:
        return []
    alone = {path for each in own for path in _known(each)}
    together = documents((each.reading for each in own), view.inventory)
    found: list[Any] = [path for path in _known(together) if path not in alone]
    if found and not view.first("permissions_boundary", "PermissionsBoundary").absent:
        why = "its policies lead to further rights together, but its permissions boundary may take them back"
        return [Unresolved(why, "compare the boundary by hand")]
    return found


def _known(of: Document) -> list[str]:
    value = escalation_paths(of).value
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _policies(view: View) -> Iterator[Reading]:
    for attribute in _INSIDE:
        for inner in view.each(attribute):
            yield inner.first("policy", "PolicyDocument")
    names = [str(name) for name in (view.get("name"), view.get("RoleName"), view.get("id")) if name]
    for type_, attribute in _BESIDE.get(view.dialect, {}).items():
        for each in view.inventory.pointing_at(view.resource, names, type_, attribute)[0]:
            yield View(each, view.inventory).first("policy", "PolicyDocument")
    for reading in attached(view, "role"):
        for each in _declared(reading.value, view):
            yield _managed(View(each, view.inventory))


def _declared(named: Any, view: View) -> list[Resource]:
    """Return the account's own policy that an attachment names, where it is at hand."""
    if isinstance(named, Reference):
        return [each for each in view.inventory.at(named.address) if each.type in _MANAGED]
    if view.dialect == "api" and isinstance(named, str):
        found, _ = view.inventory.pointing_at(view.resource, [named], LIVE, "Arn")
        return [each for each in found if each.body.get("Arn") == named]
    return []


def _managed(policy: View) -> Reading:
    return default_version(policy) if policy.dialect == "api" else policy.first("policy", "PolicyDocument")
