"""What holds for a whole AWS account: the root user, as `identity`, and the password policy, as `password_policy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Known, Pointer, Reading, Unknown
from tfaudit.services.aws.identity.iam_calls import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tfaudit.reading.view import View

READS = ("aws_iam_account_password_policy", "iam.get_account_summary")
KINDS = ("identity", "password_policy")
CALLS = (ACCOUNT,)

_ROOT = "docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"
_UPDATE = "docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html"
_NONE = "docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html"
_BODY = "get_account_password_policy/PasswordPolicy"

TABLE: Spelling = {
    # of the password policy: Terraform, API; CloudFormation has none. `policy` is the whole of it
    "policy": aws("", NOTHING, _BODY),
    "min_length": aws("minimum_password_length", NOTHING, f"{_BODY}.MinimumPasswordLength"),
    "remembered": aws("password_reuse_prevention", NOTHING, f"{_BODY}.PasswordReusePrevention"),
    "max_age": aws("max_password_age", NOTHING, f"{_BODY}.MaxPasswordAge"),
    "lowercase": aws("require_lowercase_characters", NOTHING, f"{_BODY}.RequireLowercaseCharacters"),
    "uppercase": aws("require_uppercase_characters", NOTHING, f"{_BODY}.RequireUppercaseCharacters"),
    "numbers": aws("require_numbers", NOTHING, f"{_BODY}.RequireNumbers"),
    "symbols": aws("require_symbols", NOTHING, f"{_BODY}.RequireSymbols"),
    # of the root user
    "root_mfa": aws(None, None, "SummaryMap.AccountMFAEnabled"),
    "root_keys": aws(None, None, "SummaryMap.AccountAccessKeysPresent"),
}
IDENTITY = ()
_CHARACTERS = ("lowercase", "uppercase", "numbers", "symbols")

ROOT: Facts = {
    "is_root": always(True, _ROOT),
    "console_access": always(True, _ROOT),
    "admin": inapplicable("the root user has every right, which nobody can change"),
    "mfa": Fact("root_mfa"),
    "access_keys": Fact("root_keys"),
    "access_key_age_days": inapplicable("the root user is to have no access key at all"),
    "last_used_days": inapplicable("the root user can be neither disabled nor removed"),
    "direct_policies": inapplicable("policies do not hold for the root user"),
    "federated": always(False, _ROOT),
    "guest": always(False, _ROOT),
    "privileged": inapplicable("its policies are judged"),
    "expired_credentials": inapplicable("an access key has no end"),
    "federation.subjects": inapplicable("no token of another issuer stands for the root user"),
    "token_mounted": inapplicable("it is no account of a cluster"),
    "tags": inapplicable("the root user has no tags"),
}


def _default(own: Any, without: Any, *, has_one: bool) -> Documented:
    """Return what holds where a policy leaves it out, or AWS's own policy where the account has none."""
    return Documented(own, _UPDATE) if has_one else Documented(without, _NONE)


def _else(own: Any, without: Any) -> Callable[[Any, Any], Any]:
    return lambda value, policy: (
        _default(own, without, has_one=policy is not None) if value is None else value
    )


def _missing(view: View) -> list[Any]:
    missing: list[Any] = []
    for name in _CHARACTERS:
        match view.word(name):
            case Known(value=value) if str(value).lower() == "true":
                pass
            case Known() | Absent():
                missing.append(name)
            case Unknown(because=because, settle_with=settle_with, expression=expression):
                missing.append(Unresolved(because, settle_with, expression))
            case Pointer() as pointer:
                missing.append(Unresolved(pointer.unknown.because, pointer.unknown.settle_with))
    return missing


def _complexity(view: View) -> Reading | Default:
    """Return whether all four kinds of characters are asked for."""
    unsure: Unknown | None = None
    for name in _CHARACTERS:
        reading = view.word(name)
        match reading:
            case Known(value=value):
                if str(value).lower() != "true":
                    return Known(False, reading.resource, reading.path)
            case Absent():
                has_one = not isinstance(view.word("policy"), Absent)
                default = _default(False, False, has_one=has_one)
                return Default(False, default.page(reading.resource.dialect), reading.resource, reading.path)
            case Unknown():
                unsure = reading
            case Pointer():
                unsure = reading.unknown
    return unsure or Known(True, view.resource, view.base)


PASSWORD_POLICY: Facts = {
    "min_length": Fact(_else(6, 8), of=("min_length", "policy")),
    "reuse_prevention": Fact(_else(0, 0), of=("remembered", "policy")),
    "max_age_days": Fact(_else(0, 0), of=("max_age", "policy")),
    "complexity": Fact(joins=_complexity, of=(*_CHARACTERS, "policy")),
    "complexity.missing": Fact(joins=_missing, of=_CHARACTERS),
}
_PASSWORD_POLICY = "password_policy"
_HOLDS = {
    "aws_iam_account_password_policy": {_PASSWORD_POLICY: ""},
    "iam.get_account_summary": {_PASSWORD_POLICY: _PASSWORD_POLICY, "root": ""},
}
"""What each type of resource holds, with the part of its address."""


def assets(view: View) -> Iterator[Asset]:
    """Yield the password policy, and in a live account the root user."""
    parts = _HOLDS[view.resource.type]
    part = parts[_PASSWORD_POLICY]
    yield asset("password_policy", view, PASSWORD_POLICY, "aws:iam:password-policy", "password policy", part)
    if "root" in parts:
        yield asset("identity", view, ROOT, "aws:iam:root", name="root")
