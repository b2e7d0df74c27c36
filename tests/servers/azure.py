"""A STAND-IN for Azure, written by us after its documentation: it is not Azure, and nothing here was tried on that.

No emulator of Resource Manager exists. This server speaks the documented shapes of ARM, Resource Graph and Entra ID's
token endpoint over TLS, so that the real SDKs are used against it, and is as strict as they are documented to be: on
bearer tokens (audience, tenant, end), api-versions, paging tokens, scopes of roles, and throttling headers. Resources
get into it by templates, which are deployed (`deploy`), or one by one (`put`).
"""

from __future__ import annotations

import base64
import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from tests.servers.answering import AtOnce
from tests.servers.azure_resources import (
    API_VERSIONS,
    SINGLETONS,
    Store,
    is_in_graph,
    table_of,
    type_of,
)
from tests.servers.certificates import self_signed

TENANT = "11111111-1111-1111-1111-111111111111"
SUBSCRIPTION = "22222222-2222-2222-2222-222222222222"
CLIENT = "33333333-3333-3333-3333-333333333333"
SECRET = "do-not-show-this"
_QUERY = re.compile(r"(\w+) \| where type in~ \(([^)]*)\) \| order by id asc")
_PAGE = 3
"""How many things the stand-in puts on a page unless it is told otherwise, so that lists have several."""

Answer = tuple[int, dict[str, str], bytes]
Disturbance = Callable[[Answer], Answer]


@dataclass
class Request:
    """One request that was made. `call` names its kind: `Microsoft.Sql/servers/firewallRules`."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes
    call: str = ""


class Refused(Exception):
    """An answer that is an error of ARM's."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.answer = (status, dict(headers or {}), _json({"error": {"code": code, "message": message}}))


@dataclass
class Azure:
    """The stand-in. `roles` are those of the one caller: the scope, and what is allowed there and what is not."""

    url: str = ""
    certificate: Path = Path()
    store: Store = field(default_factory=Store)
    tenants: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    roles: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    token_seconds: int = 3600
    signs_in: bool = True
    graph_permissions: set[str] = field(default_factory=set)
    directory: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    quota: int = 1_000_000
    page: int = _PAGE
    requests: list[Request] = field(default_factory=list)
    disturbed: dict[str, Disturbance] = field(default_factory=dict)
    throttle: dict[str, list[int]] = field(default_factory=dict)
    _tokens: dict[str, tuple[str, float, str]] = field(default_factory=dict)
    _quota_again: float = 0.0
    _graph: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.add_subscription(SUBSCRIPTION, TENANT)

    def add_subscription(self, id_: str, tenant: str, state: str = "Enabled") -> None:
        """Have a subscription, of which the caller is Reader."""
        self.tenants[id_], self.states[id_] = tenant, state
        self.roles.append((f"/subscriptions/{id_}", ["*/read"], []))
        self.store.put(f"/subscriptions/{id_}", {"properties": {"state": state}})

    def deploy(self, folder: Path, *, subscription: str = SUBSCRIPTION, group: str = "rg-app") -> None:
        """Deploy the templates of a folder into a group."""
        self.store.deploy(folder, subscription, group)

    def environment(self) -> dict[str, str]:
        """What DefaultAzureCredential and requests find in the environment of a sign-in to the stand-in."""
        return {
            "AZURE_TENANT_ID": TENANT,
            "AZURE_CLIENT_ID": CLIENT,
            "AZURE_CLIENT_SECRET": SECRET,
            "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential",
            "REQUESTS_CA_BUNDLE": str(self.certificate),
        }

    @property
    def calls(self) -> list[str]:
        """The kinds of calls that were made to ARM, in their order."""
        return [each.call for each in self.requests if each.call]

    # --- what is answered

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request."""
        try:
            found = self._answered(request)
        except Refused as refused:
            found = refused.answer
        if request.call in self.disturbed:
            found = self.disturbed[request.call](found)
        return found

    def _answered(self, request: Request) -> Answer:
        steps = [each for each in request.path.split("/") if each]
        if steps[1:] == ["v2.0", ".well-known", "openid-configuration"]:
            return _ok(self._openid(steps[0]))
        if steps[1:] == ["oauth2", "v2.0", "token"]:
            return self._token(steps[0], request)
        request.call = _call(request)
        with self._lock:
            self.requests.append(request)
            if left := self.throttle.get(request.call):
                seconds = left.pop(0)
                headers = {"Retry-After": str(seconds)}
                raise Refused(429, "SubscriptionRequestsThrottled", "Number of requests exceeded.", headers)
        tenant = self._signed_in(request)
        if steps[:2] == ["graph", "v1.0"]:
            return self._of_directory(request, "/".join(steps[2:]))
        version = request.query.get("api-version", "")
        if not version:
            raise Refused(
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required.",
            )
        known = API_VERSIONS.get(request.call.lower())
        if known is not None and version not in known:
            said = f"The api-version '{version}' is invalid. The supported versions are '{','.join(known)}'."
            raise Refused(400, "InvalidApiVersionParameter", said)
        headers = {"x-ms-ratelimit-remaining-subscription-reads": "11999", "x-ms-request-id": "stand-in"}
        status, more, body = self._of_arm(request, steps, tenant)
        return status, {**headers, **more}, body

    def _of_directory(self, request: Request, path: str) -> Answer:
        """Answer for a list of Microsoft Graph's, to whom it is granted."""
        wanted = {
            "roleManagement/directory/roleAssignments": "RoleManagement.Read.Directory",
            "roleManagement/directory/roleAssignmentScheduleInstances": "RoleAssignmentSchedule.Read.Directory",
            "reports/authenticationMethods/userRegistrationDetails": "AuditLog.Read.All",
            "users": "User.Read.All",
            "groupSettings": "GroupSettings.Read.All",
        }
        permission = wanted.get(path, "Application.Read.All")
        if permission not in self.graph_permissions:
            raise Refused(
                403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."
            )
        every = self.directory.get(path, [])
        first = int(request.query.get("$skiptoken", "0"))
        page: dict[str, Any] = {"value": every[first : first + self.page]}
        if first + self.page < len(every):
            page["@odata.nextLink"] = f"{self.url}{request.path}?$skiptoken={first + self.page}"
        return _ok(page)

    def _openid(self, tenant: str) -> dict[str, str]:
        return {
            "issuer": f"{self.url}/{tenant}/v2.0",
            "token_endpoint": f"{self.url}/{tenant}/oauth2/v2.0/token",
            "authorization_endpoint": f"{self.url}/{tenant}/oauth2/v2.0/authorize",
        }

    def _token(self, tenant: str, request: Request) -> Answer:
        given = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        right = given.get("client_id") == CLIENT and given.get("client_secret") == SECRET and self.signs_in
        if not right:
            said = {
                "error": "invalid_client",
                "error_description": "AADSTS7000215: Invalid client secret provided.",
            }
            return 401, {}, _json(said)
        if given.get("scope") not in (f"{self.url}/.default", f"{self.url}/graph/.default"):
            return (
                400,
                {},
                _json(
                    {"error": "invalid_scope", "error_description": "AADSTS70011: The scope is not valid."}
                ),
            )
        claims = {"tid": tenant, "appid": CLIENT, "aud": given["scope"], "n": len(self._tokens)}
        token = f"{_part({'alg': 'none'})}.{_part(claims)}.c2ln"
        self._tokens[token] = (tenant, time.time() + self.token_seconds, given["scope"])
        told = {"token_type": "Bearer", "expires_in": self.token_seconds, "access_token": token}
        return _ok(told)

    def _signed_in(self, request: Request) -> str:
        """Return the tenant that the caller's token is of; a token for Microsoft Graph opens that alone."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        tenant, until, scope = self._tokens.get(token, ("", 0.0, ""))
        if not tenant:
            raise Refused(
                401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."
            )
        if scope != (f"{self.url}/graph/.default" if _of_graph(request) else f"{self.url}/.default"):
            raise Refused(401, "InvalidAuthenticationToken", "The access token is of another audience.")
        if until < time.time():
            raise Refused(
                401, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than now."
            )
        named = re.match(r"/subscriptions/([^/]+)", request.path, re.IGNORECASE)
        own = self.tenants.get(named[1].lower()) if named else None
        if own is not None and own != tenant:
            said = (
                f"The access token is from the wrong issuer 'https://sts.windows.net/{tenant}/'. It must match the"
                f" tenant 'https://sts.windows.net/{own}/' associated with this subscription."
            )
            raise Refused(401, "InvalidAuthenticationTokenTenant", said)
        return tenant

    def may(self, action: str, scope: str) -> bool:
        """Whether the caller has a role at `scope`, or above it, that allows `action`."""
        return any(
            scope.lower().startswith(at.lower())
            and any(_matches(each, action) for each in allowed)
            and not any(_matches(each, action) for each in denied)
            for at, allowed, denied in self.roles
        )

    def _check(self, action: str, scope: str) -> None:
        if not self.may(action, scope):
            said = (
                f"The client '{CLIENT}' with object id '{CLIENT}' does not have authorization to perform action"
                f" '{action}' over scope '{scope}' or the scope is invalid."
            )
            raise Refused(403, "AuthorizationFailed", said)

    def _of_arm(self, request: Request, steps: list[str], tenant: str) -> Answer:
        lower = [each.lower() for each in steps]
        if request.method == "POST":
            if request.path.lower() != "/providers/microsoft.resourcegraph/resources":
                raise Refused(404, "NotFound", "There is no such operation.")
            return self._query(json.loads(request.body), tenant)
        if lower == ["subscriptions"]:
            own = [each for each, of in self.tenants.items() if of == tenant]
            shown = [
                self._subscription(each)
                for each in own
                if self.may("Microsoft.Resources/subscriptions/read", f"/subscriptions/{each}")
            ]
            return self._page(request, shown)
        if lower[:3] == ["providers", "microsoft.management", "managementgroups"] and lower[4:] == [
            "descendants"
        ]:
            if steps[3] not in self.groups:
                raise Refused(403, "AuthorizationFailed", _no_group(steps[3]))
            below = self.groups[steps[3]]
            path = "/providers/Microsoft.Management/managementGroups"
            return self._page(
                request,
                [
                    {"id": f"{path}/{steps[3]}/subscriptions/{each}", "name": each, "type": "/subscriptions"}
                    for each in below
                ],
            )
        if lower[0] != "subscriptions" or lower[1] not in self.tenants:
            raise Refused(
                404,
                "SubscriptionNotFound",
                f"The subscription '{steps[1] if steps[1:] else ''}' could not be found.",
            )
        scope = f"/subscriptions/{lower[1]}"
        if len(steps) == 2:
            self._check("Microsoft.Resources/subscriptions/read", scope)
            return _ok(self._subscription(lower[1]))
        if lower[2:] == ["providers", "microsoft.authorization", "permissions"]:
            self._check("Microsoft.Authorization/permissions/read", scope)
            own_roles = [
                (allowed, denied) for at, allowed, denied in self.roles if scope.startswith(at.lower())
            ]
            return self._page(
                request,
                [
                    {"actions": a, "notActions": d, "dataActions": [], "notDataActions": []}
                    for a, d in own_roles
                ],
            )
        if lower[2:3] == ["providers"] and len(steps) == 4:
            return self._provider(steps[3], scope)
        return self._resources(request)

    def _subscription(self, id_: str) -> dict[str, Any]:
        return {
            "id": f"/subscriptions/{id_}",
            "subscriptionId": id_,
            "tenantId": self.tenants[id_],
            "displayName": f"subscription {id_[:4]}",
            "state": self.states[id_],
        }

    def _provider(self, name: str, scope: str) -> Answer:
        self._check("Microsoft.Resources/subscriptions/providers/read", scope)
        types = [
            {"resourceType": each.partition("/")[2], "apiVersions": list(versions), "locations": []}
            for each, versions in API_VERSIONS.items()
            if each.partition("/")[0] == name.lower()
        ]
        return _ok({"id": f"{scope}/providers/{name}", "namespace": name, "resourceTypes": types})

    def _resources(self, request: Request) -> Answer:
        """Answer for a resource by its id, or for a list of those of a type at a scope."""
        path = request.path.rstrip("/")
        steps = path.split("/")
        at = max(index for index, each in enumerate(steps) if each.lower() == "providers")
        is_list = (len(steps) - at) % 2 == 1
        action = f"{request.call}/read"
        if not is_list:
            self._check(action, path)
            found = self.store.get(path)
            if found is None:
                name = f"{request.call}/{steps[-1]}"
                if request.call.lower() == "microsoft.storage/storageaccounts/managementpolicies":
                    account = steps[-3]
                    raise Refused(
                        404, "ManagementPolicyNotFound", f"No ManagementPolicy found for account {account}"
                    )
                raise Refused(404, "ResourceNotFound", f"The Resource '{name}' was not found.")
            return _ok(found)
        above = "/".join(steps[:at]) if len(steps) - at == 3 else "/".join(steps[:-1])
        self._check(action, above)
        is_scope = len(above.split("/")) == 3
        if not is_scope and self.store.get(above) is None:
            raise Refused(404, "ParentResourceNotFound", f"'{above}' could not be found.")
        if request.call.lower() in SINGLETONS and not is_scope:
            raise Refused(404, "InvalidResourceType", f"There is no list of {request.call} in the stand-in.")
        return self._page(request, self.store.below(above, request.call))

    def _page(self, request: Request, every: list[dict[str, Any]]) -> Answer:
        """Answer with a page of a list; its token is in the link that the page before gave, and no other is known."""
        token = request.query.get("$skiptoken", "")
        first = 0
        if token:
            name, _, number = base64.b64decode(token).decode().partition("|")
            if name != request.path:
                raise Refused(400, "InvalidSkipToken", "The skiptoken is of another list.")
            first = int(number)
        page: dict[str, Any] = {"value": every[first : first + self.page]}
        if first + self.page < len(every):
            following = quote(base64.b64encode(f"{request.path}|{first + self.page}".encode()))
            version = request.query["api-version"]
            page["nextLink"] = f"{self.url}{request.path}?api-version={version}&$skiptoken={following}"
        return _ok(page)

    def _query(self, asked: dict[str, Any], tenant: str) -> Answer:
        """Answer a query of Resource Graph: of what the caller may read, and nothing of the rest."""
        options = asked.get("options", {})
        if options.get("resultFormat") != "objectArray" or not asked.get("subscriptions"):
            raise Refused(400, "BadRequest", "The stand-in wants objectArray and subscriptions.")
        token = options.get("$skipToken", "")
        if token:
            rows = self._graph.get(token)
            if rows is None:
                raise Refused(400, "BadRequest", "InvalidSkipToken: the token is not one that was given.")
            first = int(token.rpartition("-")[2])
        else:
            rows, first = self._rows(asked, tenant), 0
        page = rows[first : first + min(options.get("$top", 100), self.page)]
        told: dict[str, Any] = {
            "totalRecords": len(rows),
            "count": len(page),
            "resultTruncated": "false",
            "facets": [],
            "data": page,
        }
        if first + len(page) < len(rows):
            following = f"token-{len(self._graph)}-{first + len(page)}"
            self._graph[following] = rows
            told["$skipToken"] = following
        return 200, self._quota_left(), _json(told)

    def _quota_left(self) -> dict[str, str]:
        """Count a query, and return the headers that say how many more there may be, and when there may be more."""
        with self._lock:
            if self.quota <= 0 and time.monotonic() >= self._quota_again:
                self.quota = 1_000_000
            if self.quota <= 0:
                raise Refused(
                    429, "RateLimiting", "Please wait until the quota is there again.", {"Retry-After": "1"}
                )
            self.quota -= 1
            self._quota_again = time.monotonic() + 1
        return {"x-ms-user-quota-remaining": str(self.quota), "x-ms-user-quota-resets-after": "00:00:01"}

    def _rows(self, asked: dict[str, Any], tenant: str) -> list[dict[str, Any]]:
        named = _QUERY.fullmatch(asked["query"])
        if not named:
            raise Refused(400, "BadRequest", f"The stand-in does not know such a query: {asked['query']}")
        types = {each.strip(" '").lower() for each in named[2].split(",")}
        scopes = [
            f"/subscriptions/{each}".lower()
            for each in asked["subscriptions"]
            if self.tenants.get(each) == tenant
        ]
        above = options_above(asked)
        found = []
        for body in self.store.all():
            type_ = type_of(body["id"])
            inside = any(f"{body['id'].lower()}/".startswith(f"{each}/") for each in scopes)
            from_above = above and not body["id"].lower().startswith("/subscriptions/")
            if type_.lower() not in types or table_of(type_) != named[1] or not is_in_graph(type_):
                continue
            if (inside or from_above) and (from_above or self.may(f"{type_}/read", body["id"])):
                found.append({**body, "type": type_.lower(), "properties": body.get("properties")})
        return sorted(found, key=lambda each: str(each["id"]))


def options_above(asked: Mapping[str, Any]) -> bool:
    """Whether a query asks for what is above its subscriptions as well."""
    return "Above" in asked.get("options", {}).get("authorizationScopeFilter", "")


def _call(request: Request) -> str:
    """Return what a request asks for: a type, or `subscriptions`."""
    steps = [each for each in request.path.split("/") if each]
    if _of_graph(request):
        return "/".join(["Microsoft.Graph", *steps[2:]])
    at = max((index for index, each in enumerate(steps) if each.lower() == "providers"), default=-1)
    if at < 0:
        return "Microsoft.Resources/subscriptions"
    if len(steps) - at == 2:
        return "Microsoft.Resources/providers"
    return "/".join([steps[at + 1], *steps[at + 2 :: 2]])


def _of_graph(request: Request) -> bool:
    return request.path.startswith("/graph/")


def _matches(pattern: str, action: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), action, re.IGNORECASE))


def _no_group(name: str) -> str:
    return (
        f"The client '{CLIENT}' does not have authorization to perform action"
        f" 'Microsoft.Management/managementGroups/descendants/read' over scope '{name}' or the scope is invalid."
    )


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _ok(value: Any) -> Answer:
    return 200, {}, _json(value)


@contextmanager
def azure(folder: Path) -> Iterator[Azure]:
    """Run a stand-in for the length of the block; `folder` is for its certificate."""
    certificate, key = self_signed(folder)
    state = Azure(certificate=certificate)

    class Handler(AtOnce, BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            request = Request(self.command, asked.path, query, dict(self.headers), self.rfile.read(length))
            status, headers, body = state.answer(request)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _serve  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    state.url = f"https://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
