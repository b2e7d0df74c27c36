"""How many days ago a user of IAM last signed in or used a key, by what the account tells of each credential."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Known, Pointer, Reading, Unknown
from tfaudit.reading.view import View

_KEY: Spelling = {
    "status": aws(NOTHING, NOTHING, "Status"),
    "made": aws(NOTHING, NOTHING, "CreateDate"),
    "used": aws(NOTHING, NOTHING, "get_access_key_last_used.AccessKeyLastUsed.LastUsedDate"),
}
USES: Spelling = {
    # of a live user: code does not state them
    "key_uses": aws(NOTHING, NOTHING, "list_access_keys", rows=_KEY),
    "password": aws(NOTHING, NOTHING, "get_login_profile/LoginProfile"),
    "password_made": aws(NOTHING, NOTHING, "get_login_profile/LoginProfile.CreateDate"),
    "password_used": aws(NOTHING, NOTHING, "get_user/User.PasswordLastUsed"),
}
"""The words that `days_idle` reads."""


NOBODY = Inapplicable("it has no password and no active access key: nobody can sign in with it")


def days_idle(view: View) -> int | Unknown | CannotTell | Inapplicable:
    """Return the whole days since the latest use of the user's password or of an active access key.

    What was never used counts from when it was made: docs.aws.amazon.com/IAM/latest/APIReference/API_User.html
    (PasswordLastUsed) and API_AccessKeyLastUsed.html leave the date out then.
    """
    keys = view.rows("key_uses")
    if isinstance(keys, Absent):
        return CannotTell("code does not state it: who has it uses it later", "scan the live account")
    if isinstance(keys, Unknown):
        return keys
    times: list[Reading] = []
    match view.word("password"):
        case Unknown() as unknown:
            return unknown
        case Known() | Pointer():
            times.append(_latest(view, "password_used", "password_made"))
        case Absent():
            pass
    for each in keys:
        status = each.word("status")
        if isinstance(status, Unknown):
            return status
        if isinstance(status, Known) and status.value == "Active":
            times.append(_latest(each, "used", "made"))
    if not times:
        return NOBODY
    return _least(times, view)


def _latest(view: View, used: str, made: str) -> Reading:
    """Return when a credential was last used, or made where it never was."""
    last = view.word(used)
    return view.word(made) if isinstance(last, Absent) else last


def _least(times: list[Reading], view: View) -> int | Unknown | CannotTell:
    """Return the days since the latest of `times`; not known where one is not: it may be the latest."""
    days: list[int] = []
    for each in times:
        if isinstance(each, Unknown):
            return each
        age = age_in_days(each.value, view) if isinstance(each, Known) else None
        if age is None:
            return CannotTell("when a credential was last used is not reported", SETTLE)
        days.append(age)
    return min(days)


def age_in_days(made: Any, view: View) -> int | None:
    """Return the whole days from `made` (a time, or its ISO text) to when the account was observed, or to now."""
    try:
        since = made if isinstance(made, datetime) else datetime.fromisoformat(str(made))
    except ValueError:
        return None
    seen = view.resource.context.get("observed_at", "")
    until = datetime.fromisoformat(seen) if seen else datetime.now(UTC)
    return max(0, (until - (since if since.tzinfo else since.replace(tzinfo=UTC))).days)
