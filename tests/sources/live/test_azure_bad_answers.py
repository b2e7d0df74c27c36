"""Answers of Azure's stand-in that end a look early, or seem to: each is told, and no verdict becomes another."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.servers.azure import TENANT, Answer, Azure
from tests.servers.azure import azure as running
from tests.sources.live.azure_run import TEMPLATES, run, signed_in, verdicts
from tfaudit.model.result import ScanResult

OTHER = "99999999-9999-9999-9999-999999999999"
FIREWALL = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules"
BLOBS = "Microsoft.Storage/storageAccounts/blobServices"


@pytest.fixture
def azure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Azure]:
    """A stand-in with nothing in it, and a sign-in to it."""
    with running(tmp_path) as state:
        signed_in(state, monkeypatch)
        yield state


@pytest.fixture
def sound(azure: Azure) -> Azure:
    """A subscription with what meets the policies."""
    azure.deploy(TEMPLATES / "sound")
    return azure


def gaps(result: ScanResult) -> list[str]:
    """Return what was not seen, why, and what to do."""
    return [f"{each.place.origin}: {each.because}; {each.settle_with}" for each in result.unread]


def refused(status: int, code: str, message: str = "no", **headers: str) -> Callable[[Answer], Answer]:
    """Return what answers with an error of Azure's form."""
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    return lambda _: (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("state", "seen"), [("Warned", True), ("PastDue", True), ("Deleted", False), ("", False)]
)
def test_a_subscription_is_looked_at_as_long_as_it_can_be_read(azure: Azure, state: str, seen: bool) -> None:
    azure.add_subscription(OTHER, TENANT, state)
    azure.deploy(TEMPLATES / "sound", subscription=OTHER)
    result = run(azure)
    assert any(each.asset.resource.scope == f"azure:{OTHER}" for each in result.verdicts) is seen
    assert [each for each in gaps(result) if "nothing in it is looked at" in each and OTHER in each] == (
        [] if seen else gaps(result)
    )


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [
        (409, "ReadOnlyDisabledSubscription", "it failed with ReadOnlyDisabledSubscription"),
        (404, "SubscriptionNotFound", "it failed with SubscriptionNotFound"),
        (403, "LinkedAuthorizationFailed", "may not call it"),
        (403, "RequestDisallowedByPolicy", "may not call it"),
        (401, "InvalidAuthenticationToken", "the token is not accepted (InvalidAuthenticationToken)"),
        (401, "AuthenticationFailedTokenExpired", "the token has expired"),
        (400, "InvalidApiVersionParameter", "it failed with InvalidApiVersionParameter"),
        (503, "ServerBusy", "it failed with ServerBusy"),
    ],
)
@pytest.mark.parametrize("call", [FIREWALL, BLOBS])
def test_one_call_that_is_refused_makes_verdicts_unknown_and_no_other(
    sound: Azure, call: str, status: int, code: str, says: str
) -> None:
    before = verdicts(run(sound))
    sound.disturbed = {call: refused(status, code)}
    result = run(sound, threads=1)
    assert any(says in each for each in gaps(result)), gaps(result)
    after = verdicts(result)
    assert {after.get(each, "unknown") for each, how in before.items() if after.get(each) != how} <= {
        "unknown"
    }


def test_a_challenge_for_claims_ends_no_scan(sound: Azure) -> None:
    challenge = 'Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="'
    sound.disturbed = {FIREWALL: refused(401, "InvalidAuthenticationToken", WWW_Authenticate=challenge)}
    assert any("token" in each for each in gaps(run(sound, threads=1)))


@pytest.mark.parametrize(
    "asked",
    [
        "0",
        "soon",
        "-5",
        "1.5",
        format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True),
        format_datetime(datetime.now(UTC) + timedelta(days=2), usegmt=True),
    ],
)
def test_whatever_throttling_asks_for_the_scan_ends_and_tells_it(sound: Azure, asked: str) -> None:
    before = verdicts(run(sound))
    sound.disturbed = {FIREWALL: refused(429, "TooManyRequests", Retry_After=asked)}
    started = time.monotonic()
    result = run(sound, attempts=2)
    assert time.monotonic() - started < 60
    [gap] = [each for each in gaps(result) if each.startswith(FIREWALL)]
    assert "throttled" in gap
    after = verdicts(result)
    assert {after.get(each, "unknown") for each, how in before.items() if after.get(each) != how} <= {
        "unknown"
    }


@pytest.mark.parametrize("link", ["", None])
def test_a_next_page_that_is_none_is_the_end(sound: Azure, link: str | None) -> None:
    def ends(answer: Answer) -> Answer:
        return answer[0], answer[1], json.dumps({**json.loads(answer[2]), "nextLink": link}).encode()

    before = run(sound)
    sound.disturbed = {FIREWALL: ends}
    after = run(sound)
    assert gaps(after) == []
    assert verdicts(after) == verdicts(before)


@pytest.mark.parametrize(
    "link", [7, ["a"], {"href": "x"}, "not a link", "http://127.0.0.1/next", "//elsewhere/x"]
)
def test_a_next_page_that_is_no_link_of_azure_s_is_a_gap(sound: Azure, link: object) -> None:
    def leads(answer: Answer) -> Answer:
        return answer[0], answer[1], json.dumps({**json.loads(answer[2]), "nextLink": link}).encode()

    sound.disturbed = {FIREWALL: leads}
    assert [each for each in gaps(run(sound)) if each.startswith(FIREWALL)]
