"""Users of Entra ID as the report on sign-in methods has them, as `identity` assets: their second factor, and guests.

The report states of each user which methods are registered, not whether a sign-in asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.entra.identity.sign_ins import last_used

READS = ("microsoft.graph/reports/authenticationmethods/userregistrationdetails",)
KINDS = ("identity",)
ASKED_FOR = {
    "microsoft.graph/reports/authenticationmethods/userregistrationdetails": ("subjects.guests",),
    "microsoft.graph/users": ("last_used_days",),
}
"""Types that policies on these settings need as well, whatever kind they are about."""

_PAGE = "learn.microsoft.com/graph/api/resources/userregistrationdetails"

TABLE: Spelling = {
    # word, then its path in what Microsoft Graph answers
    "id": azure(NOTHING, "id"),
    "name": azure(NOTHING, "userPrincipalName"),
    "type": azure(NOTHING, "userType"),
    "admin": azure(NOTHING, "isAdmin"),
    "mfa": azure(NOTHING, "isMfaRegistered"),
}
IDENTITY = ("id", "name")


def _is_guest(type_: Any) -> bool | None:
    return None if type_ is None else lower(type_) == "guest"


_OF_APPLICATIONS = "a user signs in without keys of an API"
USER: Facts = {
    "mfa": Fact(switched, of=("mfa",)),
    "console_access": always(True, _PAGE),
    "privileged": Fact(switched, of=("admin",)),
    "admin": inapplicable("its role assignments are judged"),
    "guest": Fact(_is_guest, of=("type",)),
    "last_used_days": Fact(joins=last_used, of=("id",)),
    "is_root": always(False, _PAGE),
    "federated": always(False, _PAGE),
    "federation.subjects": inapplicable(_OF_APPLICATIONS),
    "access_keys": always(0, _PAGE),
    "access_key_age_days": inapplicable(_OF_APPLICATIONS),
    "expired_credentials": inapplicable(_OF_APPLICATIONS),
    "direct_policies": inapplicable("its role assignments are judged"),
    "token_mounted": inapplicable("no pod has it"),
    "tags": inapplicable("a user has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `identity` that a user is."""
    yield asset(
        "identity",
        view,
        USER,
        f"entra:user/{view.stated('id').value}",
        str(view.stated("name").value or ""),
    )
