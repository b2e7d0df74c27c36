"""Answers of Azure's stand-in that end a look early, or seem to: each is told, and no verdict becomes another."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.servers.azure import SUBSCRIPTION, TENANT, Answer, Azure, Request
from tests.servers.azure import azure as running
from tests.sources.live.azure_run import TEMPLATES, run, signed_in, verdicts
from tfaudit.errors import UnreachableError, UsageError
from tfaudit.model.result import ScanResult
from tfaudit.sources.live.azure import connect
from tfaudit.sources.live.azure.session import AzureTarget

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
    ids=["at once", "no time", "the past", "a fraction", "a date that is near", "a date that is far"],
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


def answers(status: int, body: object, **headers: str) -> Callable[[Answer], Answer]:
    """Return what answers with a body, whatever is asked."""
    return lambda _: (status, headers, json.dumps(body).encode())


@pytest.mark.parametrize("status", [202, 203, 206, 300, 301, 302, 304, 307, 308])
@pytest.mark.parametrize("call", [FIREWALL, BLOBS, "Microsoft.Security/securityContacts"])
def test_an_empty_list_is_one_by_status_200_alone(sound: Azure, call: str, status: int) -> None:
    sound.disturbed = {call: answers(status, {"value": []}, Location="https://elsewhere.example/list")}
    assert [each for each in gaps(run(sound)) if each.startswith(call)]


def test_a_list_that_holds_an_error_is_none(sound: Azure) -> None:
    told = {"value": [], "error": {"code": "AuthorizationFailed", "message": "no"}}
    sound.disturbed = {FIREWALL: answers(200, told)}
    assert [each for each in gaps(run(sound)) if each.startswith(FIREWALL) and "may not call it" in each]


@pytest.mark.parametrize("status", [302, 307, 308])
def test_no_token_is_sent_to_where_an_answer_leads(sound: Azure, tmp_path: Path, status: int) -> None:
    (tmp_path / "other").mkdir()
    with running(tmp_path / "other") as other:
        for link in (f"{other.url}/subscriptions", f"{sound.url}@{other.url.removeprefix('https://')}/x"):
            sound.disturbed = {FIREWALL: answers(status, {"value": []}, Location=link)}
            assert gaps(run(sound))
            sound.disturbed = {FIREWALL: answers(200, {"value": [], "nextLink": link})}
            assert gaps(run(sound))
        assert other.requests == []


@pytest.mark.parametrize("status", [404, 409])
def test_a_provider_that_is_not_registered_is_to_be_registered(sound: Azure, status: int) -> None:
    message = (
        "The subscription is not registered to use namespace 'Microsoft.DBforPostgreSQL'. See https://aka.ms"
    )
    sound.disturbed = {FIREWALL: refused(status, "MissingSubscriptionRegistration", message)}
    [gap] = [each for each in gaps(run(sound)) if each.startswith(FIREWALL)]
    assert gap.endswith("register Microsoft.DBforPostgreSQL in the subscription, where it is to be used")


@pytest.mark.parametrize("first", [True, False])
def test_a_tenant_that_lets_nobody_in_is_a_gap_and_the_other_is_judged(sound: Azure, first: bool) -> None:
    answer = sound.answer

    def closed(request: Request) -> Answer:
        if request.path.startswith(f"/{OTHER}/oauth2"):
            said = {"error": "unauthorized_client", "error_description": "AADSTS700016: no such application."}
            return 400, {}, json.dumps(said).encode()
        return answer(request)

    sound.answer = closed  # type: ignore[method-assign]
    result = run(sound, tenants=(OTHER, TENANT) if first else (TENANT, OTHER))
    [gap] = gaps(result)
    assert gap.startswith(f"Microsoft.Resources/subscriptions of the tenant {OTHER}: the sign-in")
    assert "AADSTS700016" in gap
    assert result.verdicts
    with pytest.raises(UnreachableError, match="AADSTS700016"):
        run(sound, tenants=(OTHER,))


def test_a_tenant_in_which_nothing_is_seen_is_a_gap_beside_another(sound: Azure) -> None:
    result = run(sound, tenants=(TENANT, OTHER))
    [gap] = gaps(result)
    assert gap.startswith(f"Microsoft.Resources/subscriptions of the tenant {OTHER}: the sign-in sees no")
    assert result.verdicts


def test_a_subscription_that_cannot_be_asked_for_is_a_gap_beside_another(sound: Azure) -> None:
    sound.add_subscription(OTHER, TENANT)
    answer = sound.answer

    def busy(request: Request) -> Answer:
        found = answer(request)
        return refused(503, "ServerBusy")(found) if request.path == f"/subscriptions/{OTHER}" else found

    sound.answer = busy  # type: ignore[method-assign]
    result = run(sound, subscriptions=(OTHER, SUBSCRIPTION))
    [gap] = gaps(result)
    assert gap.startswith(f"Microsoft.Resources/subscriptions {OTHER}: it failed with ServerBusy")
    assert result.verdicts
    with pytest.raises(UnreachableError, match="ServerBusy"):
        run(sound, subscriptions=(OTHER,))


def test_a_management_group_without_subscriptions_is_a_gap(sound: Azure) -> None:
    sound.groups = {"platform": [SUBSCRIPTION], "empty": []}
    result = run(sound, management_groups=("platform", "empty"))
    [gap] = gaps(result)
    assert gap.startswith("Microsoft.Management/managementGroups/descendants empty: no subscription is seen")
    assert result.verdicts
    assert gaps(run(sound, management_groups=("empty",))) == [gap]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"subscriptions": ("",)}, '--subscription: "" is no id'),
        ({"subscriptions": ("production",)}, '--subscription: "production" is no id'),
        ({"subscriptions": (f"{SUBSCRIPTION}/../x",)}, "--subscription: .* is no id"),
        ({"management_groups": ("../x",)}, '--management-group: "../x" is no name'),
        ({"management_groups": ("",)}, '--management-group: "" is no name'),
        ({"tenants": ("a b",)}, '--tenant: "a b" is neither'),
        ({"endpoint": "https://"}, '--endpoint: "https://" is no address'),
        ({"endpoint": "https://["}, r'--endpoint: "https://\[" is no address'),
        ({"endpoint": "https://a b"}, '--endpoint: "https://a b" is no address'),
        ({"endpoint": "https://host:99999"}, '--endpoint: "https://host:99999" is no address'),
        ({"endpoint": "http://host"}, "does not begin with https://"),
        ({"authority": "https://["}, r'AZURE_AUTHORITY_HOST: "https://\[" is no address'),
    ],
)
def test_what_is_no_name_is_not_asked_for(sound: Azure, given: dict[str, Any], says: str) -> None:
    target = AzureTarget(**{"endpoint": sound.url, "authority": sound.url, **given})
    with pytest.raises(UsageError, match=says):
        connect(target)
    assert sound.requests == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("REQUESTS_CA_BUNDLE", "", "certificate verify failed"),
        ("HTTPS_PROXY", "http://127.0.0.1:9", "Unable to connect to proxy"),
        ("AZURE_AUTHORITY_HOST", "https://nowhere.invalid", "nowhere.invalid"),
    ],
)
def test_where_nobody_can_be_asked_to_sign_in_it_says_why(
    sound: Azure, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnreachableError, match=f"{says}.*; check the way to where one signs in"):
        run(sound, authority=value if "AUTHORITY" in name else sound.url)
