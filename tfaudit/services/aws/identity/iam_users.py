"""IAM users and groups, as `identity` assets: how they sign in, and how they get their rights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import NotApplicable, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.iam_calls import GROUPS, POLICIES, USERS
from tfaudit.services.aws.identity.iam_given import ATTACHMENTS, admin_given
from tfaudit.services.aws.identity.iam_policies import holder_key
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import filled, holds, not_known

READS = (
    "aws_iam_user",
    "aws_iam_group",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "iam.get_account_authorization_details",
)
KINDS = ("identity",)
COMPANIONS = {
    "aws_iam_user_policy_attachment": "user",
    "aws_iam_policy_attachment": "users",
    "aws_iam_user_policy_attachments_exclusive": "user_name",
    "aws_iam_user_policy": "user",
    "aws_iam_user_login_profile": "user",
    "aws_iam_access_key": "user",
    "AWS::IAM::UserPolicy": "UserName",
    "AWS::IAM::Policy": "Users",
    "AWS::IAM::ManagedPolicy": "Users",
    "AWS::IAM::AccessKey": "UserName",
}
NAMES = ("name", "UserName", "id")
CALLS = (USERS, GROUPS, POLICIES)

_NEW_USER = "docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html"
_IN_CODE = "code does not tell it"
_NO_POD = "it is no account of a cluster"
_LIVE = "scan the live account"

_OWN = ("UserPolicyList", "AttachedManagedPolicies", "Policies", "ManagedPolicyArns")
_GIVING = {
    "terraform": ("aws_iam_user_policy", *ATTACHMENTS["user"]),
    "cloudformation": ("AWS::IAM::UserPolicy", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"),
}


def _direct_policies(view: View) -> Any:
    """Whether a policy is attached to the user itself, inline or managed."""
    for attribute in _OWN:
        reading = view.read(attribute)
        if isinstance(reading.value, Unresolved):
            return reading
        told = holds(reading.value) if isinstance(reading.value, list) else not reading.absent
        if told is not False:
            return Reading(told, reading.resource, reading.path)
    return _companion(view, *_GIVING.get(view.dialect, ()))


def _companion(view: View, *types: str) -> Reading:
    """Return True for the first companion of `types`, why one cannot be told, or `ABSENT`."""
    unsure: Reading | None = None
    for type_ in types:
        found, why = view.companions(type_)
        if found:
            return Reading(True, found[0].resource, found[0].base)
        if why and unsure is None:
            unsure = Reading(why, view.resource, view.base)
    return unsure or Reading(ABSENT, view.resource, view.base)


def _console(view: View) -> Any:
    if view.dialect == "api":
        reading = view.read("get_login_profile")
        return reading if isinstance(reading.value, Unresolved) else not reading.absent
    if view.dialect == "terraform":
        return _companion(view, "aws_iam_user_login_profile")
    profile = view.read("LoginProfile")
    return profile if isinstance(profile.value, Unresolved) else not profile.absent


def _mfa(view: View) -> Any:
    if view.dialect != "api":
        return Unknown(f"{_IN_CODE}: people register their devices later", _LIVE, view.resource, view.base)
    return filled(view.read("list_mfa_devices"))


def _active_keys(view: View) -> list[dict[str, Any]] | Unresolved:
    """Return the active access keys of a live user; `Unresolved` where one that is not known may be."""
    listed = view.read("list_access_keys").value
    if isinstance(listed, Unresolved):
        return listed
    keys = listed if isinstance(listed, list) else []
    parts = [each.get("Status") if isinstance(each, dict) else each for each in keys]
    unclear = not_known(parts)
    return unclear or [each for each in keys if isinstance(each, dict) and each.get("Status") == "Active"]


def _keys(view: View) -> Any:
    if view.dialect == "api":
        keys = _active_keys(view)
        return keys if isinstance(keys, Unresolved) else len(keys)
    type_ = "aws_iam_access_key" if view.dialect == "terraform" else "AWS::IAM::AccessKey"
    found, unsure = view.companions(type_)
    return Reading(unsure or len(found), view.resource, view.base)


def _key_age(view: View) -> Any:
    if view.dialect != "api":
        return Unknown(f"{_IN_CODE}: a key's age begins when it is made", _LIVE, view.resource, view.base)
    keys = _active_keys(view)
    if isinstance(keys, Unresolved):
        return keys
    if not keys:
        return NotApplicable("it has no active access key", view.resource)
    made = [each.get("CreateDate") for each in keys]
    return not_known(made) or max(age_in_days(each, view) for each in made)


def age_in_days(made: Any, view: View) -> int:
    """Return the whole days from `made` (a time, or its ISO text) to when the account was observed, or to now."""
    since = made if isinstance(made, datetime) else datetime.fromisoformat(str(made))
    seen = view.resource.context.get("observed_at", "")
    until = datetime.fromisoformat(seen) if seen else datetime.now(UTC)
    return max(0, (until - (since if since.tzinfo else since.replace(tzinfo=UTC))).days)


def _fact(read: Callable[[View], Any], default: Any = None) -> Fact:
    documented = None if default is None else Documented(default, _NEW_USER)
    return Fact(terraform=read, cloudformation=read, api=read, default=documented)


USER = {
    "direct_policies": _fact(_direct_policies, False),
    "console_access": _fact(_console, False),
    "mfa": _fact(_mfa),
    "access_keys": _fact(_keys),
    "access_key_age_days": _fact(_key_age),
    "admin": _fact(lambda view: admin_given(view, "user")),
    "is_root": Fact(always=Documented(False, _NEW_USER)),
    "federated": Fact(always=Documented(False, _NEW_USER)),
    "token_mounted": Fact(not_applicable=_NO_POD),
    "tags": TAGS,
}

_NO_SIGN_IN = "a group does not sign in"
GROUP = {
    **{
        name: Fact(not_applicable=_NO_SIGN_IN)
        for name in ("console_access", "mfa", "access_keys", "access_key_age_days", "federated")
    },
    "direct_policies": Fact(not_applicable="groups are where policies belong"),
    "admin": _fact(lambda view: admin_given(view, "group")),
    "is_root": Fact(always=Documented(False, _NEW_USER)),
    "token_mounted": Fact(not_applicable=_NO_POD),
    "tags": Fact(not_applicable="a group has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the user or the group."""
    type_, body = view.resource.type, view.resource.body
    if type_ in ("aws_iam_user", "AWS::IAM::User") or (view.dialect == "api" and "UserName" in body):
        yield asset("identity", view, USER, holder_key(view))
    elif type_ in ("aws_iam_group", "AWS::IAM::Group") or "GroupName" in body:
        yield asset("identity", view, GROUP, holder_key(view))
