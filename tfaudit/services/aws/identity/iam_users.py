"""IAM users and groups, as `identity` assets: how they sign in, and how they get their rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Known, Pointer, Reading, Unknown
from tfaudit.reading.view import All, Some, View
from tfaudit.services.aws.identity.iam_calls import GROUPS, POLICIES, USERS
from tfaudit.services.aws.identity.iam_given import GIVEN, admin_given
from tfaudit.services.aws.identity.iam_last_use import NOBODY, USES, age_in_days, days_idle
from tfaudit.services.aws.identity.iam_words import HOLDER, holder, holder_key
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.contents import holds, not_known

if TYPE_CHECKING:
    from collections.abc import Iterator

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

TABLE: Spelling = {
    # of a user: Terraform, CloudFormation, API; the group's words are those of every holder
    **HOLDER,
    "policies": aws(
        (
            "aws_iam_user_policy/policy",
            "aws_iam_user_policy_attachment/policy_arn",
            "aws_iam_policy_attachment/policy_arn",
            "aws_iam_user_policy_attachments_exclusive/policy_arns",
        ),
        (
            "AWS::IAM::UserPolicy/PolicyDocument",
            "AWS::IAM::Policy/PolicyDocument",
            "AWS::IAM::ManagedPolicy/PolicyDocument",
        ),
        NOTHING,
    ),
    "login": aws("aws_iam_user_login_profile/user", "LoginProfile", "get_login_profile"),
    "keys": aws("aws_iam_access_key/status", "AWS::IAM::AccessKey/Status", NOTHING),
    "live_keys": aws(NOTHING, NOTHING, "list_access_keys"),
    "devices": aws(NOTHING, NOTHING, "list_mfa_devices"),
    **USES,
}
IDENTITY = ("name",)

_NEW_USER = "docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html"
_IN_CODE = "code does not state it"
_NO_POD = "it is no account of a cluster"
_LIVE = "scan the live account"


def _direct_policies(view: View) -> Reading:
    """Return whether a policy is attached to the user itself, inline or managed."""
    unsure: Unknown | None = None
    for answer in (_filled(view, "inline"), _filled(view, "attached"), _beside(view, "policies")):
        if isinstance(answer, Known) and answer.value:
            return answer
        unsure = unsure or (answer if isinstance(answer, Unknown) else None)
    return unsure or Absent(view.resource, view.base)


def _filled(view: View, word: str) -> Reading:
    """Return whether anything stands at the word, in the list that it is."""
    reading = view.word(word)
    match reading:
        case Known(value=list() as items):
            return _settled(holds(each for each in items if each != {}), reading)
        case Known(value=value) if value in ("", {}):
            return Absent(reading.resource, reading.path)
        case Known() | Pointer():
            return Known(True, reading.resource, reading.path)
        case Absent() | Unknown():
            return reading


def _settled(answer: bool | Unresolved, at: Reading) -> Reading:
    if isinstance(answer, Unresolved):
        return Unknown(answer.because, answer.settle_with, at.resource, at.path)
    return Known(answer, at.resource, at.path)


def _beside(view: View, word: str) -> Reading:
    """Return True for the first other resource that the word is read from, or why there may be one."""
    unsure: Unknown | None = None
    for type_ in _types(view, word):
        match view.companions(type_):
            case All(views=[first, *_]) | Some(views=[first, *_]):
                return Known(True, first.resource, first.base)
            case Some(more=more):
                unsure = unsure or more
            case All():
                pass
    return unsure or Absent(view.resource, view.base)


def _types(view: View, word: str) -> list[str]:
    """Return the types of the other resources that the word is read from."""
    types = [path.rpartition("/")[0] for path in view.paths(word)]
    return [each for each in types if each in view.companion_types]


def _console(view: View) -> Reading:
    if _types(view, "login"):
        return _beside(view, "login")
    profile = view.word("login")
    match profile:
        case Known() | Pointer():
            return Known(True, view.resource, view.base)
        case Absent():
            return Known(False, view.resource, view.base)
        case Unknown():
            return profile


def _mfa(view: View) -> Reading | CannotTell:
    devices = view.word("devices")
    match devices:
        case Known(value=list() as items):
            return _settled(holds(items), devices)
        case Absent():
            return CannotTell(f"{_IN_CODE}: people register their devices later", _LIVE)
        case Known() | Pointer() | Unknown():
            return devices


def _active_keys(view: View) -> list[dict[str, Any]] | Absent | Unknown:
    """Return the active access keys of a live user; `Unknown` where one that is not known may be."""
    listed = view.word("live_keys")
    if isinstance(listed, Pointer):
        return listed.unknown
    if not isinstance(listed, Known):
        return listed
    keys = listed.value if isinstance(listed.value, list) else []
    parts = [each.get("Status") if isinstance(each, dict) else each for each in keys]
    if unclear := not_known(parts):
        return Unknown(unclear.because, unclear.settle_with, view.resource, view.base)
    return [each for each in keys if isinstance(each, dict) and each.get("Status") == "Active"]


def _keys(view: View) -> Reading | int:
    found = 0
    for type_ in _types(view, "keys"):
        match view.companions(type_):
            case All(views=views):
                found += len(views)
            case Some(more=more):
                return more
    if _types(view, "keys"):
        return found
    keys = _active_keys(view)
    return len(keys) if isinstance(keys, list) else keys


def _key_age(view: View) -> Reading | int | CannotTell | Inapplicable | Unresolved:
    keys = _active_keys(view)
    if isinstance(keys, Absent):
        return CannotTell(f"{_IN_CODE}: a key's age begins when it is made", _LIVE)
    if isinstance(keys, Unknown):
        return keys
    if not keys:
        return Inapplicable("it has no active access key")
    made = [each.get("CreateDate") for each in keys]
    if unclear := not_known(made):
        return unclear
    ages = [age_in_days(each, view) for each in made]
    known = [each for each in ages if each is not None]
    if len(known) < len(ages):
        return CannotTell("when an access key was made is not reported", SETTLE)
    return max(known)


def _last_used(view: View) -> int | Unknown | CannotTell | Inapplicable:
    """Return how many days ago it was last used; code tells no more than that it has nothing to be used with."""
    stated = _console(view), _keys(view)
    if isinstance(view.word("key_uses"), Absent) and all(
        isinstance(each, Absent) or each == 0 or (isinstance(each, Known) and each.value is False)
        for each in stated
    ):
        return NOBODY
    return days_idle(view)


_NONE = Documented(False, _NEW_USER)
_OF_OTHERS: Facts = {
    "guest": always(False, _NEW_USER),
    "privileged": inapplicable("its policies are judged"),
    "expired_credentials": inapplicable("an access key has no end"),
    "federation.subjects": inapplicable("who may take on a role is judged at the role"),
}
USER: Facts = {
    "direct_policies": Fact(joins=_direct_policies, of=("inline", "attached", "policies"), default=_NONE),
    "console_access": Fact(joins=_console, of=("login",), default=_NONE),
    "mfa": Fact(joins=_mfa, of=("devices",)),
    "access_keys": Fact(joins=_keys, of=("keys", "live_keys")),
    "access_key_age_days": Fact(joins=_key_age, of=("live_keys",)),
    "last_used_days": Fact(joins=_last_used, of=("login", "keys", "live_keys", *USES), only_by=("key_uses",)),
    "admin": Fact(joins=lambda view: admin_given(view, "user"), of=GIVEN),
    "is_root": always(False, _NEW_USER),
    "federated": always(False, _NEW_USER),
    **_OF_OTHERS,
    "token_mounted": inapplicable(_NO_POD),
    "tags": TAGS,
}

_NO_SIGN_IN = "a group does not sign in"
GROUP: Facts = {
    **{
        name: inapplicable(_NO_SIGN_IN)
        for name in (
            "console_access",
            "mfa",
            "access_keys",
            "access_key_age_days",
            "last_used_days",
            "federated",
        )
    },
    **_OF_OTHERS,
    "direct_policies": inapplicable("groups are where policies belong"),
    "admin": Fact(joins=lambda view: admin_given(view, "group"), of=GIVEN),
    "is_root": always(False, _NEW_USER),
    "token_mounted": inapplicable(_NO_POD),
    "tags": inapplicable("a group has no tags"),
}

_FACTS = {"user": USER, "group": GROUP}


def assets(view: View) -> Iterator[Asset]:
    """Yield the user or the group."""
    facts = _FACTS.get(holder(view))
    if facts is not None:
        yield asset("identity", view, facts, holder_key(view))
