"""Entra ID of one tenant, by Microsoft Graph: who holds roles of the directory, and which secrets applications have.

It takes permissions of its own, which no role of Azure gives. Where they are absent, what they would show is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.coverage import Coverage
from tfaudit.model.resources import Path, Place, Resource, Unread, dotted
from tfaudit.sources.live.azure.errors import not_azure
from tfaudit.sources.live.collector import Bounds, Call, Collector
from tfaudit.sources.live.failures import CallFailed, settle
from tfaudit.sources.text.secrets import without_secrets

if TYPE_CHECKING:
    from tfaudit.clock import Clock
    from tfaudit.sources.live.azure.session import Session

_NEVER = (
    "users, groups and sign-ins: only who holds a role of the directory, and the secrets of applications",
)
_LIMIT = 999


class _List(Struct, frozen=True):
    """How one type is listed: its path with parameters, the permission that it takes, and what each in it must have."""

    type: str
    path: str
    parameters: Mapping[str, str]
    permission: str
    sent: tuple[str, ...]


_LISTS = (
    _List(
        "microsoft.graph/rolemanagement/directory/roleassignments",
        "/v1.0/roleManagement/directory/roleAssignments",
        {"$expand": "principal"},
        "RoleManagement.Read.Directory",
        ("id", "roleDefinitionId", "principalId", "directoryScopeId"),
    ),
    _List(
        "microsoft.graph/applications",
        "/v1.0/applications",
        {"$select": "id,appId,displayName,passwordCredentials", "$top": str(_LIMIT)},
        "Application.Read.All",
        ("id", "appId", "displayName", "passwordCredentials"),
    ),
)
PERMISSIONS = {each.type: each.permission for each in _LISTS}
"""The permission of Microsoft Graph, of the kind application or delegated, that listing each type takes."""


class Directory:
    """The directory of a tenant. `session` is one with Microsoft Graph as its endpoint."""

    def __init__(self, session: Session, tenant: str, who: str, bounds: Bounds, clock: Clock | None) -> None:
        """Ask by `session`, as `who`."""
        self._session = session
        self._tenant = tenant
        self._who = who
        self._collector = Collector(bounds, clock)
        self._asked: list[str] = []

    def collect(self, types: Iterable[str]) -> Iterator[Resource | Unread]:
        """Yield what is listed of `types`, and why a type is not."""
        wanted = set(types)
        for each in _LISTS:
            if each.type in wanted:
                self._asked.append(each.type.rpartition("/")[2])
                yield from self._listed(each)

    def _listed(self, one: _List) -> Iterator[Resource | Unread]:
        call = Call(f"Microsoft.Graph{one.path.removeprefix('/v1.0')}", self._tenant, "Microsoft.Graph")
        found: list[Resource] = []
        try:
            pages = self._session.linked(one.path, one.parameters, "@odata.nextLink")
            for page in self._collector.pages(call, pages, _token):
                found += [self._resource(call, one, each) for each in page["value"]]
        except CallFailed as failed:
            denied = failed.meaning == "denied"
            because = f"{self._who} may not call it" if denied else failed.because
            wanted = settle(failed, f"{one.permission} of Microsoft Graph")
            yield Unread(Place(str(call)), because, wanted)
        yield from found

    def _resource(self, call: Call, one: _List, answer: Any) -> Resource:
        if not isinstance(answer, dict) or any(name not in answer for name in one.sent):
            failed = not_azure(f"one in the list has not all of {', '.join(one.sent)}")
            self._collector.tally.failed(call.name, failed)
            raise failed
        self._collector.tally.listed(one.type, True)
        body = without_secrets(dict(answer))
        name = str(answer.get("displayName") or answer["id"])
        origin = f"{call} {name}"

        def locate(path: Path) -> Place:
            return Place(origin, at=dotted(path))

        address = f"{one.path.removeprefix('/v1.0')}/{answer['id']}"
        scope = f"entra:{self._tenant}"
        return Resource(one.type, address, body, Place(origin), "live", "arm", scope, locate)

    def coverage(self) -> Coverage:
        """Return what has been looked at."""
        tally = self._collector.tally
        return Coverage(
            target=f"entra:{self._tenant}",
            observer=self._who,
            parts="lists",
            looked_at=tuple(self._asked),
            asked=tally.asked,
            population=tally.population,
            never=_NEVER,
            ended=self._collector.clock.stopped or self._collector.ended,
        )


def _token(page: Mapping[str, Any]) -> str:
    link = page.get("@odata.nextLink")
    return link if isinstance(link, str) else ""
