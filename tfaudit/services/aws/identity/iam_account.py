"""What holds for a whole AWS account: the root user, as `identity`, and the password policy, as `password_policy`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.iam_calls import ACCOUNT

READS = ("aws_iam_account_password_policy", "iam.get_account_summary")
KINDS = ("identity", "password_policy")
CALLS = (ACCOUNT,)

_ROOT = "docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"
_UPDATE = "docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html"
_NONE = "docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html"
_BODY = "get_account_password_policy/PasswordPolicy"

_CHARACTERS = (
    ("require_lowercase_characters", "RequireLowercaseCharacters"),
    ("require_uppercase_characters", "RequireUppercaseCharacters"),
    ("require_numbers", "RequireNumbers"),
    ("require_symbols", "RequireSymbols"),
)

ROOT = {
    "is_root": Fact(always=Documented(True, _ROOT)),
    "console_access": Fact(always=Documented(True, _ROOT)),
    "admin": Fact(not_applicable="the root user has every right, which nobody can change"),
    "mfa": Fact(api="SummaryMap.AccountMFAEnabled"),
    "access_keys": Fact(api="SummaryMap.AccountAccessKeysPresent"),
    "access_key_age_days": Fact(not_applicable="the root user is to have no access key at all"),
    "direct_policies": Fact(not_applicable="policies do not hold for the root user"),
    "federated": Fact(always=Documented(False, _ROOT)),
    "token_mounted": Fact(not_applicable="it is no account of a cluster"),
    "tags": Fact(not_applicable="the root user has no tags"),
}


def _own_policy(view: View) -> bool:
    return view.resource.type == "aws_iam_account_password_policy" or not view.read(_BODY).absent


def _default(own: Any, without: Any) -> Any:
    """Return the default of a policy that leaves it out, or AWS's own policy where the account has none."""
    return lambda view: Documented(own, _UPDATE) if _own_policy(view) else Documented(without, _NONE)


def _characters(view: View) -> dict[str, Reading]:
    """Return for each kind of characters whether it is asked for."""
    return {
        terraform.split("_")[1]: view.read(f"{_BODY}.{live}" if view.dialect == "api" else terraform)
        for terraform, live in _CHARACTERS
    }


def _missing(view: View) -> list[Any]:
    missing: list[Any] = []
    for name, reading in _characters(view).items():
        if isinstance(reading.value, Unresolved):
            missing.append(reading.value)
        elif str(reading.value).lower() != "true":
            missing.append(name)
    return missing


def _complexity(view: View) -> Any:
    """Whether all four kinds of characters are asked for."""
    unsure: Reading | None = None
    for reading in _characters(view).values():
        if reading.known:
            if str(reading.value).lower() != "true":
                return Reading(False, reading.resource, reading.path)
        elif reading.absent:
            return reading
        else:
            unsure = reading
    return unsure or Reading(True, view.resource, view.base)


PASSWORD_POLICY = {
    "min_length": Fact(
        terraform="minimum_password_length", api=f"{_BODY}.MinimumPasswordLength", default=_default(6, 8)
    ),
    "reuse_prevention": Fact(
        terraform="password_reuse_prevention", api=f"{_BODY}.PasswordReusePrevention", default=_default(0, 0)
    ),
    "max_age_days": Fact(terraform="max_password_age", api=f"{_BODY}.MaxPasswordAge", default=_default(0, 0)),
    "complexity": Fact(terraform=_complexity, api=_complexity, default=_default(False, False)),
    "complexity.missing": Fact(terraform=_missing, api=_missing),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the password policy, and in a live account the root user."""
    live = view.dialect == "api"
    part = "password_policy" if live else ""
    yield asset("password_policy", view, PASSWORD_POLICY, "aws:iam:password-policy", "password policy", part)
    if live:
        yield asset("identity", view, ROOT, "aws:iam:root", name="root")
