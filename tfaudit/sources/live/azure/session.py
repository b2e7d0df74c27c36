"""Calls to Azure Resource Manager in one tenant: signed in, paged, tried again within bounds.

`DefaultAzureCredential` finds the sign-in, `ResourceManagementClient` makes the calls, with our transport.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from msgspec import Struct

from tfaudit.errors import UsageError
from tfaudit.sources.live.azure.errors import answered, failure, not_azure
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential
    from azure.core.pipeline.transport import HttpTransport

ENDPOINT = "https://management.azure.com"
GRAPH = "https://graph.microsoft.com"
_KNOWN_AUTHORITIES = ("login.microsoftonline.com", "login.microsoftonline.us", "login.chinacloudapi.cn")
_NONE = "00000000-0000-0000-0000-000000000000"
_HOST = re.compile(r"[\w.:-]+")
_OK = 200
_NO_CONTENT = 204
_GET = frozenset({"GET"})


class AzureTarget(Struct, frozen=True):
    """What of Azure is looked at, and how hard.

    The sign-in is found as Azure's own tools find it. Without `subscriptions` and `management_groups`, all
    subscriptions of the `tenants` are looked at, or of the sign-in's own. `endpoint` is another Resource Manager's, of
    a sovereign cloud or Azure Stack, and `authority` where one signs in to it. With `entra`, the directory of each
    tenant is looked at as well, by Microsoft Graph, whose address is `graph`. Times in seconds; `attempts` counts the
    first.
    """

    subscriptions: tuple[str, ...] = ()
    management_groups: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    endpoint: str = ENDPOINT
    authority: str = ""
    entra: bool = False
    graph: str = GRAPH
    threads: int = 16
    attempts: int = 5
    connect_seconds: float = 10
    read_seconds: float = 60
    call_seconds: float = 120


class _OfTenant:
    """A credential that asks for tokens of one tenant, and tells whether it had one."""

    def __init__(self, inner: Any, tenant: str) -> None:
        self._inner = inner
        self._tenant = tenant
        self.had_one = False

    def get_token(self, *scopes: str, **given: Any) -> Any:
        """Return a token; azure-core asks for it again before it ends."""
        token = self._inner.get_token(
            *scopes, **({"tenant_id": self._tenant} if self._tenant else {}), **given
        )
        self.had_one = True
        return token


def credential(target: AzureTarget) -> TokenCredential:
    """Return the credential that is found; nothing is asked yet.

    Raises `UsageError` where azure-identity is not installed or `authority` is no address, `CallFailed` where the
    environment's is not one.
    """
    try:
        from azure.identity import DefaultAzureCredential
    except ImportError as error:
        raise UsageError(
            "live azure: the Azure SDK is not installed; pip install 'tfaudit[azure]'"
        ) from error

    logging.getLogger("azure").addHandler(logging.NullHandler())  # it would write its warnings to stderr
    authority = target.authority
    host = _host(authority)
    if authority and not host:
        raise UsageError(f'AZURE_AUTHORITY_HOST: "{authority}" is no address')
    try:
        return DefaultAzureCredential(
            authority=authority or None,
            additionally_allowed_tenants=["*"] if target.tenants else [],
            disable_instance_discovery=bool(host) and host not in _KNOWN_AUTHORITIES,
            connection_timeout=target.connect_seconds,
            read_timeout=target.read_seconds,
            retry_total=2,
        )
    except ValueError as error:  # a variable of the environment is there, and not what it should be
        raise failure(error, "", signed_in=False) from error


class Session:
    """The means to call in one tenant; safe to share between threads. Everything raises `CallFailed`."""

    def __init__(
        self,
        target: AzureTarget,
        inner: TokenCredential,
        tenant: str = "",
        given: HttpTransport[Any, Any] | None = None,
    ) -> None:
        """Sign in by `inner` when first asked; `tenant` is "" for the one that the sign-in is of.

        Ask by `given` where there is one, and over the wire otherwise.
        """
        from azure.core.pipeline import policies
        from azure.mgmt.core.policies import ARMChallengeAuthenticationPolicy

        from tfaudit.sources.live.azure.transport import Patience, transport

        self.target = target
        self.tenant = tenant
        self.endpoint = target.endpoint.rstrip("/")
        if not target.endpoint.lower().startswith("https://"):
            raise UsageError(f'--endpoint: "{target.endpoint}" does not begin with https://')
        if not _host(target.endpoint):
            raise UsageError(f'--endpoint: "{target.endpoint}" is no address')
        self._credential = _OfTenant(inner, tenant)
        self._scope = f"{self.endpoint}/.default"
        self._transport = given or transport(
            max(10, target.threads), target.connect_seconds, target.read_seconds
        )
        self._policies = [
            policies.RequestIdPolicy(),
            policies.UserAgentPolicy(base_user_agent="tfaudit"),
            Patience(target.attempts),
            ARMChallengeAuthenticationPolicy(self._credential, self._scope),
        ]
        self._clients: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._graph = threading.Lock()
        self._graph_from = 0.0

    def client(self, subscription: str = _NONE) -> Any:
        """Return the client of azure-mgmt-resource for a subscription."""
        from azure.mgmt.resource.resources import ResourceManagementClient

        with self._lock:
            found = self._clients.get(subscription)
            if found is None:
                found = self._clients[subscription] = ResourceManagementClient(
                    self._credential,
                    subscription,
                    base_url=self.endpoint,
                    credential_scopes=[self._scope],
                    policies=self._policies,
                    transport=self._transport,
                )
        return found

    def observer(self) -> str:
        """Return who is signed in, as the token says: the user's name, else the application's id."""
        claims = self._claims()
        for name in ("upn", "unique_name", "appid", "oid"):
            if isinstance(claims.get(name), str) and claims[name]:
                return str(claims[name])
        return "(the token does not say who)"

    def own_tenant(self) -> str:
        """Return the tenant that the sign-in is of, "" where the token does not say."""
        return self.tenant or str(self._claims().get("tid") or "")

    def _claims(self) -> Mapping[str, Any]:
        token = self.made(lambda: self._credential.get_token(self._scope)).token
        part = [*str(token).split("."), "", ""][1]
        try:
            found = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        except ValueError:
            return {}
        return found if isinstance(found, Mapping) else {}

    def get(self, path: str, version: str) -> Any:
        """Return the answer to a GET of `path`, which begins with a slash."""
        from azure.core.rest import HttpRequest

        return self.sent(HttpRequest("GET", f"{self.endpoint}{path}", params={"api-version": version}))[0]

    def pages(self, path: str, version: str) -> Iterator[Mapping[str, Any]]:
        """Yield the pages of a list: objects with a list `value`, and with `nextLink` where there is more."""
        yield from self.linked(path, {"api-version": version}, "nextLink")

    def linked(self, path: str, parameters: Mapping[str, str], link: str) -> Iterator[Mapping[str, Any]]:
        """Yield the pages of a list that is asked for with `parameters`; `link` is the member that names the next."""
        from azure.core.rest import HttpRequest

        request = HttpRequest("GET", f"{self.endpoint}{path}", params=dict(parameters))
        while True:
            page = self.sent(request)[0]
            if not isinstance(page, Mapping) or not isinstance(page.get("value"), list):
                raise not_azure("it has no list `value`")
            yield page
            following = page.get(link)
            if not following:
                return
            request = HttpRequest("GET", self._own(following))

    def _own(self, link: Any) -> str:
        """Return the address of a next page, which must be the endpoint's own: whoever is asked gets the token."""
        if not isinstance(link, str) or not link.lower().startswith(f"{self.endpoint}/".lower()):
            raise not_azure("its next page is said to be somewhere else")
        return link

    def query(self, path: str, version: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the answer to one query of Resource Graph, asked when its quota allows for it."""
        from azure.core.rest import HttpRequest

        from tfaudit.sources.live.azure.transport import wait

        request = HttpRequest(
            "POST", f"{self.endpoint}{path}", params={"api-version": version}, json=dict(body)
        )
        with self._graph:  # one at a time: the answer says when the next one may be asked
            wait(self._graph_from - time.monotonic(), time.sleep)
            answer, headers = self.sent(request)
            self._graph_from = time.monotonic() + _seconds_to_quota(headers)
        if not isinstance(answer, Mapping):
            raise not_azure("it is no object")
        return answer

    def versions(self, subscription: str, provider: str) -> dict[str, str]:
        """Return the version of the API for each type of a provider: its default, else the newest that is whole."""
        stated = self.made(lambda: self.client(subscription).providers.get(provider, retry_on_methods=_GET))
        found: dict[str, str] = {}
        for each in stated.resource_types or ():
            versions = sorted(each.api_versions or (), reverse=True)
            whole = next((one for one in versions if "preview" not in one), next(iter(versions), ""))
            found[str(each.resource_type).lower()] = str(each.default_api_version or whole)
        return found

    def sent(self, request: Any) -> tuple[Any, Mapping[str, str]]:
        """Return the body of the answer to `request`, read as JSON, and its headers."""
        from tfaudit.sources.live.azure.transport import METHODS

        response = self.made(lambda: self.client().send_request(request, retry_on_methods=METHODS))
        try:
            answer = json.loads(response.content) if response.content else None
        except (ValueError, RecursionError):  # nested too deep to be Azure's
            answer = None
        if response.status_code not in (_OK, _NO_CONTENT) or _is_error(answer):
            raise answered(response.status_code, answer)
        if answer is None and response.status_code != _NO_CONTENT:
            raise not_azure("it is no JSON")
        return answer, response.headers

    def made(self, call: Callable[[], Any]) -> Any:
        """Return what `call` of the SDK returns."""
        try:
            return call()
        except CallFailed:
            raise
        except Exception as error:
            raise failure(error, self.endpoint, signed_in=self._credential.had_one) from error


def _is_error(answer: Any) -> bool:
    """Whether an answer tells of an error, whatever its status."""
    return isinstance(answer, Mapping) and isinstance(answer.get("error"), Mapping)


def _host(address: str) -> str:
    """Return the host of an address, "" where it has none or is none."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        named = "" if parts.port == 0 else parts.hostname or ""
    except ValueError:  # no port, or no address of IPv6
        return ""
    return named if _HOST.fullmatch(named) else ""


def _seconds_to_quota(headers: Mapping[str, str]) -> float:
    """Return how long to wait before the next query: until the quota is there again, where it is used up.

    learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
    """
    if headers.get("x-ms-user-quota-remaining") != "0":
        return 0.0
    parts = str(headers.get("x-ms-user-quota-resets-after", "")).split(":")
    if len(parts) != 3 or not all(each.isdecimal() for each in parts):
        return 0.0
    hours, minutes, seconds = map(int, parts)
    return float(hours * 3600 + minutes * 60 + seconds)
