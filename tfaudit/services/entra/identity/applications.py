"""Applications that are registered in Entra ID, as `identity` assets: their client secrets are their access keys.

A secret that has run out counts until it is taken away: it is listed, and its age grows. Certificates do not count:
their private part need never leave the application's machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.entra.identity.sign_ins import days_since, moment

READS = ("microsoft.graph/applications",)
KINDS = ("identity",)

_PAGE = "learn.microsoft.com/graph/api/resources/application"

_CREDENTIAL: Spelling = {"made": azure(NOTHING, "startDateTime"), "until": azure(NOTHING, "endDateTime")}
TABLE: Spelling = {
    # word, then its path in what Microsoft Graph answers
    "id": azure(NOTHING, "appId"),
    "name": azure(NOTHING, "displayName"),
    "secrets": azure(NOTHING, "passwordCredentials", rows=_CREDENTIAL),
    "certificates": azure(NOTHING, "keyCredentials", rows=_CREDENTIAL),
}
IDENTITY = ("id", "name")


def _count(secrets: Any) -> int | None:
    return None if secrets is None else len(secrets)


def _age(secrets: Any) -> Any:
    """Return the whole days since the oldest secret was made."""
    if secrets is None:
        return None
    if not secrets:
        return Inapplicable("it has no client secret")
    ages = [days_since(each.get("made")) for each in secrets]
    known = [each for each in ages if each is not None]
    if len(known) < len(ages):
        return CannotTell("when a client secret was made is not told", "look at it in Entra ID")
    return max(known)


def _expired(secrets: Any, certificates: Any) -> Any:
    """Return how many secrets and certificates have run out and are still there."""
    if secrets is None or certificates is None:
        return None
    ends = [moment(each.get("until")) for each in (*secrets, *certificates)]
    if None in ends:
        return CannotTell("when a credential runs out is not reported", "look at it in Entra ID")
    return sum(each is not None and each < datetime.now(UTC) for each in ends)


_NO_USER = "an application signs in without a person"
APPLICATION: Facts = {
    "access_keys": Fact(_count, of=("secrets",)),
    "access_key_age_days": Fact(_age, of=("secrets",)),
    "last_used_days": inapplicable("it is no person's account: its secrets are judged by their age"),
    "expired_credentials": Fact(_expired, of=("secrets", "certificates")),
    "federation.subjects": inapplicable("its federated credentials are not asked for"),
    "guest": always(False, _PAGE),
    "privileged": inapplicable("its role assignments are judged"),
    "is_root": always(False, _PAGE),
    "console_access": always(False, _PAGE),
    "mfa": inapplicable(_NO_USER),
    "federated": always(False, _PAGE),
    "admin": inapplicable("its role assignments are judged"),
    "direct_policies": inapplicable("its role assignments are judged"),
    "token_mounted": inapplicable("no pod has it"),
    "tags": inapplicable("its tags are no names with values"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `identity` that an application is."""
    key = f"entra:application/{view.stated('id').value}"
    yield asset("identity", view, APPLICATION, key, str(view.stated("name").value or ""))
