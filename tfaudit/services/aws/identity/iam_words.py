"""The words of IAM that several services read: of users, roles and groups, of policies, and of what joins them.

A live account answers with users, roles, groups and policies by one call, so there the name that stands shows which of
them an item is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.asset import Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import key
from tfaudit.reading.inventory import same_text
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Known, Pointer, Unknown

if TYPE_CHECKING:
    from tfaudit.reading.view import View

LIVE = "iam.get_account_authorization_details"
SERVICE_ROLES = "/aws-service-role/"
"""What the path of a role begins with that AWS makes for a service of its own, and that nobody else can change."""

INLINE: Spelling = {
    # of one policy inside its holder
    "name": aws("name", "PolicyName"),
    "document": aws("policy", "PolicyDocument"),
    "versions": aws(NOTHING, NOTHING),
    "tags": aws(NOTHING, NOTHING),
}
ATTACHED: Spelling = {
    # of one attached policy
    "arn": aws("", "", "PolicyArn"),
}
ONE: Spelling = {"name": aws("", "")}
"""Of a list of names: each of them."""

HOLDER: Spelling = {
    # of a role, user or group: Terraform, CloudFormation, API
    "name": aws("name", ("RoleName", "UserName", "GroupName")),
    "id": aws("id", NOTHING),
    "role": aws(NOTHING, NOTHING, "RoleName"),
    "user": aws(NOTHING, NOTHING, "UserName"),
    "group": aws(NOTHING, NOTHING, "GroupName"),
    "arn": aws(None, None, "Arn"),
    "path": aws("path", "Path"),
    "trust": aws("assume_role_policy", "AssumeRolePolicyDocument"),
    "boundary": aws("permissions_boundary", "PermissionsBoundary"),
    "inline": aws(
        "inline_policy", "Policies", ("RolePolicyList", "UserPolicyList", "GroupPolicyList"), INLINE
    ),
    "attached": aws("managed_policy_arns", "ManagedPolicyArns", "AttachedManagedPolicies", ATTACHED),
    "groups": aws(NOTHING, "Groups", "GroupList", ONE),
    "tags": aws("tags", "Tags"),
}

POLICY: Spelling = {
    # of a policy of its own
    "name": aws("name", ("ManagedPolicyName", "PolicyName")),
    "arn": aws(NOTHING, NOTHING, "Arn"),
    "document": aws(("policy", "inline_policy"), ("PolicyDocument", "InlinePolicy"), NOTHING),
    "versions": aws(
        NOTHING,
        NOTHING,
        "PolicyVersionList",
        {"default": aws(None, None, "IsDefaultVersion"), "document": aws(None, None, "Document")},
    ),
    "role": aws("role", ("RoleName", "Roles"), NOTHING, ONE),
    "user": aws("user", ("UserName", "Users"), NOTHING, ONE),
    "group": aws("group", ("GroupName", "Groups"), NOTHING, ONE),
    "tags": aws("tags", "Tags"),
}

KINDS_OF_HOLDERS = {
    "aws_iam_role": "role",
    "aws_iam_user": "user",
    "aws_iam_group": "group",
    "AWS::IAM::Role": "role",
    "AWS::IAM::User": "user",
    "AWS::IAM::Group": "group",
}


def holder(view: View) -> str:
    """Return which of `role`, `user` and `group` the resource is; "" for none of them."""
    kind = KINDS_OF_HOLDERS.get(view.resource.type, "")
    if kind:
        return kind
    of = view.spelled(HOLDER)
    return next((each for each in ("role", "user", "group") if not isinstance(of.word(each), Absent)), "")


def holder_key(view: View) -> Key:
    """Return the key of a user, group or role."""
    return key(view.spelled(HOLDER), f"aws:iam:{holder(view) or 'group'}/{{}}", "name")


def of_service(view: View) -> bool:
    """Whether it is a role that AWS makes for a service of its own."""
    match view.spelled(HOLDER).word("path"):
        case Known(value=str() as path):
            return path.startswith(SERVICE_ROLES)
        case _:
            return False


def marks(view: View, *words: str) -> list[str]:
    """Return what others name the resource by: what the words state, or a mark of the expression that they hold."""
    found: list[str] = []
    for each in words:
        match view.word(each):
            case Known(value=str() as name):
                found.append(name)
            case Known() | Absent() | Pointer():
                pass
            case Unknown(expression=expression):
                found.append(same_text(view.resource, Unresolved("", "", expression)))
    return [each for each in found if each]
