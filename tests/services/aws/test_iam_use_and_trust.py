"""Who uses an account, and whom a role trusts: what a live account tells of users and roles."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.parity import NOT_APPLICABLE, from_api, values

USER = "arn:aws:iam::123456789012:user/ci"
LISTED = "iam.get_account_authorization_details"


def used(days_ago: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days_ago, hours=1)).isoformat()


def key(status: str, made: int, last: int | None) -> dict[str, Any]:
    use = {"AccessKeyLastUsed": {"Region": "N/A"} | ({} if last is None else {"LastUsedDate": used(last)})}
    return {"Status": status, "CreateDate": used(made), "get_access_key_last_used": use}


@pytest.mark.parametrize(
    ("keys", "password", "days"),
    [
        ([key("Active", 400, 30)], None, 30),
        ([key("Active", 400, None)], None, 400),  # never used: since it was made
        ([key("Inactive", 400, 1)], None, NOT_APPLICABLE),
        ([key("Active", 400, 300), key("Active", 400, 20)], {"made": 500, "last": 100}, 20),
        ([], {"made": 200, "last": None}, 200),
        ([], None, NOT_APPLICABLE),
    ],
)
def test_an_account_is_idle_since_its_latest_use(keys: Any, password: Any, days: object) -> None:
    body = {"UserName": "ci", "Arn": USER, "list_mfa_devices": [], "list_access_keys": keys}
    body["get_login_profile"] = {"LoginProfile": {"CreateDate": used(password["made"])}} if password else None
    seen = {"PasswordLastUsed": used(password["last"])} if password and password["last"] else {}
    (found,) = from_api(LISTED, {**body, "get_user": {"User": {"UserName": "ci", **seen}}})
    assert values(found, ["last_used_days"]) == {"last_used_days": days}


def trusting(*principals: Any, **more: Any) -> dict[str, Any]:
    statements = [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": each, **more} for each in principals
    ]
    role = "arn:aws:iam::123456789012:role/r"
    return {"RoleName": "r", "Arn": role, "AssumeRolePolicyDocument": json.dumps({"Statement": statements})}


@pytest.mark.parametrize(
    ("role", "accounts"),
    [
        (trusting({"AWS": "arn:aws:iam::123456789012:root"}, {"Service": "ec2.amazonaws.com"}), []),
        (
            trusting({"AWS": ["210987654321", "arn:aws:iam::333333333333:role/x"]}),
            ["210987654321", "333333333333"],
        ),
        (trusting("*"), ["everyone"]),
        (trusting("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), []),
        (trusting({"AWS": "210987654321"}, Effect="Deny"), []),
    ],
)
def test_the_accounts_that_a_role_trusts(role: dict[str, Any], accounts: list[str]) -> None:
    (found,) = from_api(LISTED, role)
    assert values(found, ["trusted_accounts"]) == {"trusted_accounts": accounts}
