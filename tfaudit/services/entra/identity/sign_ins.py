"""When a user of Entra ID signed in last: the list of users has it, beside the report on sign-in methods."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tfaudit.model.resources import Resource
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.companions import not_asked
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Known, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View

USERS = "microsoft.graph/users"

LISTED: Spelling = {
    # word of a user, then its path in what Microsoft Graph answers
    "enabled": azure(NOTHING, "accountEnabled"),
    "activity": azure(NOTHING, "signInActivity"),
    "made": azure(NOTHING, "createdDateTime"),
}


_SIGN_INS = ("lastSuccessfulSignInDateTime", "lastSignInDateTime", "lastNonInteractiveSignInDateTime")


def moment(text: Any) -> datetime | None:
    """Return the time that a text is; None for what is none."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def days_since(text: Any) -> int | None:
    """Return the whole days since the time that a text is; None for what is none."""
    since = moment(text)
    return None if since is None else max(0, (datetime.now(UTC) - since).days)


def _by_id(inventory: Inventory) -> dict[str, Resource]:
    return {str(each.body.get("id")).lower(): each for each in inventory.of_type(USERS)}


def last_used(view: View) -> int | Unknown | Inapplicable | CannotTell:
    """Return the days since a user signed in last, of one who never did since the account was made."""
    missed = not_asked(view.resource, USERS)
    if missed is not None:
        return Unknown(missed.because, missed.settle_with, view.resource, view.base)
    found = view.inventory.derived(_by_id).get(str(view.stated("id").value).lower())
    if found is None:
        return CannotTell("the directory does not list the user", "repeat the scan")
    user = View(found, view.inventory, table=LISTED)
    enabled, activity, made = user.word("enabled"), user.word("activity"), user.word("made")
    if isinstance(enabled, Known) and as_bool(enabled.value) is False:
        return Inapplicable("the account is disabled")
    signed_in = activity.value if isinstance(activity, Known) and isinstance(activity.value, dict) else {}
    times = [signed_in.get(each) for each in _SIGN_INS]
    if not any(times) and isinstance(made, Known):
        times = [made.value]
    known = [days for each in times if (days := days_since(each)) is not None]
    if not known:
        return CannotTell("when the user signed in last is not reported", "look at the user in Entra ID")
    return min(known)
