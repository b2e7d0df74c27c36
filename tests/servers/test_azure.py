"""The stand-in for Azure refuses what Azure is documented to refuse: else a test that passes by it says nothing."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tests.servers.azure as stand_in
from tests.servers.azure import CLIENT, SECRET, SUBSCRIPTION, TENANT, Azure
from tests.sources.live.azure_run import TEMPLATES

GRAPH = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
VAULT = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-app/providers/Microsoft.KeyVault/vaults/orders-kv"
SECRETS = f"{VAULT}/secrets?api-version=2026-02-01"


@pytest.fixture
def azure(tmp_path: Path) -> Iterator[Azure]:
    with stand_in.azure(tmp_path) as state:
        state.deploy(TEMPLATES / "sound")
        yield state


def asked(azure: Azure, path: str, token: str, body: Any = None) -> tuple[int, Any, dict[str, str]]:
    data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    url = path if path.startswith("https:") else azure.url + path
    request = urllib.request.Request(url, data=data, headers={"Authorization": f"Bearer {token}"})
    trusted = ssl.create_default_context(cafile=str(azure.certificate))
    try:
        with urllib.request.urlopen(request, timeout=10, context=trusted) as answer:
            return answer.status, json.loads(answer.read()), dict(answer.headers)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read()), dict(refused.headers)


def token_of(azure: Azure, tenant: str = TENANT, **other: str) -> str:
    form = {"client_id": CLIENT, "client_secret": SECRET, "scope": f"{azure.url}/.default", **other}
    _, told, _ = asked(azure, f"/{tenant}/oauth2/v2.0/token", "", urllib.parse.urlencode(form).encode())
    return str(told.get("access_token", told.get("error")))


def code(azure: Azure, path: str, token: str, body: Any = None) -> tuple[int, str]:
    status, told, _ = asked(azure, path, token, body)
    return status, told.get("error", {}).get("code", "")


def test_it_says_that_it_is_a_stand_in() -> None:
    assert str(stand_in.__doc__).startswith("A STAND-IN for Azure")


def test_it_wants_a_token_of_its_own_that_has_not_ended(azure: Azure) -> None:
    assert token_of(azure, client_secret="wrong") == "invalid_client"
    assert token_of(azure, scope="https://graph.microsoft.com/.default") == "invalid_scope"
    assert code(azure, SECRETS, "made-up") == (401, "AuthenticationFailed")
    azure.token_seconds = -1
    assert code(azure, SECRETS, token_of(azure)) == (401, "ExpiredAuthenticationToken")
    azure.token_seconds = 3600
    assert code(azure, SECRETS, token_of(azure)) == (200, "")
    other_audience = token_of(azure, scope=f"{azure.url}/graph/.default")
    assert code(azure, SECRETS, other_audience) == (401, "InvalidAuthenticationToken")
    assert code(azure, SECRETS, token_of(azure, "another")) == (401, "InvalidAuthenticationTokenTenant")


def test_it_wants_a_version_that_the_type_has(azure: Azure) -> None:
    token = token_of(azure)
    assert code(azure, f"{VAULT}/secrets", token) == (400, "MissingApiVersionParameter")
    assert code(azure, f"{VAULT}/secrets?api-version=2019-01-01", token) == (
        400,
        "InvalidApiVersionParameter",
    )


def test_it_gives_what_the_caller_may_read_and_names_the_action_that_is_missing(azure: Azure) -> None:
    token = token_of(azure)
    azure.roles[0][2].append("Microsoft.KeyVault/vaults/*")
    status, told, _ = asked(azure, SECRETS, token)
    assert (status, told["error"]["code"]) == (403, "AuthorizationFailed")
    assert "perform action 'Microsoft.KeyVault/vaults/secrets/read'" in told["error"]["message"]
    query = "resources | where type in~ ('microsoft.keyvault/vaults') | order by id asc"
    body = {"subscriptions": [SUBSCRIPTION], "query": query, "options": {"resultFormat": "objectArray"}}
    assert asked(azure, GRAPH, token, body)[1]["data"] == []


def test_its_pages_are_told_by_the_tokens_that_it_gave(azure: Azure) -> None:
    token = token_of(azure)
    path = f"{VAULT.replace('KeyVault/vaults/orders-kv', 'DBforPostgreSQL/flexibleServers/orders-db')}/configurations"
    _, first, headers = asked(azure, f"{path}?api-version=2025-08-01", token)
    assert headers["x-ms-ratelimit-remaining-subscription-reads"]
    _, second, _ = asked(azure, first["nextLink"], token)
    names = [each["name"] for each in (*first["value"], *second["value"])]
    assert len(names) == len(set(names)) == 5
    assert "nextLink" not in second
    elsewhere = first["nextLink"].replace("/configurations", "/firewallRules")
    assert code(azure, elsewhere, token) == (400, "InvalidSkipToken")
    body = {"subscriptions": [SUBSCRIPTION], "query": "resources | where type in~ ('a') | order by id asc"}
    wrong = {**body, "options": {"resultFormat": "objectArray", "$skipToken": "made-up"}}
    assert code(azure, GRAPH, token, wrong) == (400, "BadRequest")


def test_it_tells_no_secrets_though_the_template_has_them(azure: Azure) -> None:
    told = json.dumps(list(azure.store.all()))
    assert "administratorLogin" in told
    assert 'Password"' not in told
    assert asked(azure, SECRETS, token_of(azure))[1]["value"][0]["properties"].get("value") is None
