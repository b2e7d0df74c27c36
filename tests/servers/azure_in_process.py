"""The stand-in for Azure asked within this process: the SDK's own pipeline, without the wire below it.

What is looked at hundreds of times, with one answer disturbed after the other, would pay for TLS and sockets each time.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from azure.core.credentials import AccessToken
from azure.core.pipeline.transport import RequestsTransport
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from tests.servers.azure import CLIENT, SECRET, TENANT, Request

if TYPE_CHECKING:
    from tests.servers.azure import Azure


class _Adapter(BaseAdapter):
    """Where requests hands a prepared request to the wire: the stand-in answers it here."""

    def __init__(self, state: Azure) -> None:
        super().__init__()
        self._state = state

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        asked = urlsplit(request.url or "")
        query = {name: values[0] for name, values in parse_qs(str(asked.query)).items()}
        given = request.body
        body = given.encode() if isinstance(given, str) else given if isinstance(given, bytes) else b""
        headers = {name: str(value) for name, value in request.headers.items()}
        method = str(request.method)
        status, more, content = self._state.answer(Request(method, str(asked.path), query, headers, body))
        answer = requests.Response()
        answer.status_code = status
        answer.headers = CaseInsensitiveDict({"Content-Type": "application/json", **more})
        answer.raw = BytesIO(content)
        answer.url = str(request.url)
        answer.request = request
        return answer

    def close(self) -> None:
        pass


def transport(state: Azure) -> RequestsTransport:
    """Return a transport of azure-core's that asks `state`."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", _Adapter(state))
    return RequestsTransport(session=session, session_owner=False)


class Credential:
    """Signs in to the stand-in as its one caller, with the secret."""

    def __init__(self, state: Azure) -> None:
        self._state = state

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        """Return a token for the scopes."""
        given = {"client_id": CLIENT, "client_secret": SECRET, "scope": " ".join(scopes)}
        asked = Request("POST", f"/{TENANT}/oauth2/v2.0/token", {}, {}, urlencode(given).encode())
        told = json.loads(self._state.answer(asked)[2])
        return AccessToken(told["access_token"], 2**40)
