"""What is asked of a live account's IAM: the listings that several services share, so that each is called once."""

from __future__ import annotations

from tfaudit.model.calls import Detail, Listing

_BY_NAME = {"UserName": "UserName"}


def _listing(filter_: str, items: str, *details: Detail) -> Listing:
    return Listing(
        "iam",
        "get_account_authorization_details",
        items,
        "Arn",
        parameters={"Filter": [filter_]},
        details=details,
        per_region=False,
    )


USERS = _listing(
    "User",
    "UserDetailList",
    Detail("list_mfa_devices", _BY_NAME, "iam:ListMFADevices", items="MFADevices"),
    Detail(
        "list_access_keys",
        _BY_NAME,
        items="AccessKeyMetadata",
        details=(
            Detail("get_access_key_last_used", {"AccessKeyId": "AccessKeyId"}, sent=("AccessKeyLastUsed",)),
        ),
    ),
    Detail("get_user", _BY_NAME, sent=("User",)),
    Detail("get_login_profile", _BY_NAME, absent=("NoSuchEntity",), sent=("LoginProfile",)),
)
"""Users with their MFA devices, access keys and console password, and when these were last used; type
`iam.get_account_authorization_details`."""

GROUPS = _listing("Group", "GroupDetailList")
"""Groups, of the same type."""

ROLES = _listing("Role", "RoleDetailList")
"""Roles, of the same type."""

POLICIES = _listing("LocalManagedPolicy", "Policies")
"""The account's own managed policies with all versions, of the same type."""

ACCOUNT = Listing(
    "iam",
    "get_account_summary",
    "",
    "arn:{partition}:iam::{account}:root",
    details=(Detail("get_account_password_policy", {}, absent=("NoSuchEntity",), sent=("PasswordPolicy",)),),
    per_region=False,
)
"""The account's counters, with its password policy (None where there is none of its own)."""
