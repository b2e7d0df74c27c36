"""Entra ID of one tenant, by Microsoft Graph: who holds its roles, how users sign in, which secrets applications have.

How it locks out is a setting of the tenant that the API lists only once somebody has changed it.

It takes permissions of its own, which no role of Azure gives. Where they are absent, what they would show is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    "groups and sign-ins: only who holds a role of the directory, how users may sign in, and applications' secrets",
)
_PASSWORD_RULES = "5cf42378-d67d-4f36-ba46-e8b86229381d"
"""The template of the rules on passwords and lockout (learn.microsoft.com/graph/api/resources/groupsettingtemplate)."""
_LIMIT = 999
_UNLICENSED = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"


class _List(Struct, frozen=True):
    """How one type is listed: its path with parameters, the permission that it takes, and what each in it must have.

    `absent` are codes of errors by which the API says that there can be none. `template` is that of the settings which
    alone are wanted: where the list has none, nobody has changed them, and they stand there without values.
    """

    type: str
    path: str
    parameters: Mapping[str, str]
    permission: str
    sent: tuple[str, ...]
    absent: tuple[str, ...] = ()
    template: str = ""


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
        {"$select": "id,appId,displayName,passwordCredentials,keyCredentials", "$top": str(_LIMIT)},
        "Application.Read.All",
        ("id", "appId", "displayName", "passwordCredentials", "keyCredentials"),
    ),
    _List(
        "microsoft.graph/rolemanagement/directory/roleassignmentscheduleinstances",
        "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances",
        {},
        "RoleAssignmentSchedule.Read.Directory",
        ("id", "principalId", "roleDefinitionId", "assignmentType", "roleAssignmentOriginId"),
        absent=("AadPremiumLicenseRequired",),
    ),
    _List(
        "microsoft.graph/reports/authenticationmethods/userregistrationdetails",
        "/v1.0/reports/authenticationMethods/userRegistrationDetails",
        {"$top": str(_LIMIT)},
        "AuditLog.Read.All",
        ("id", "userPrincipalName", "userType", "isAdmin", "isMfaRegistered"),
    ),
    _List(
        "microsoft.graph/users",
        "/v1.0/users",
        {"$select": "id,userPrincipalName,accountEnabled,createdDateTime,signInActivity", "$top": "500"},
        "User.Read.All",
        ("id", "accountEnabled", "createdDateTime"),
    ),
    _List(
        "microsoft.graph/groupsettings",
        "/v1.0/groupSettings",
        {},
        "GroupSettings.Read.All",
        ("id", "templateId", "values"),
        template=_PASSWORD_RULES,
    ),
)
PERMISSIONS = {each.type: each.permission for each in _LISTS}
"""The permission of Microsoft Graph, of the kind application or delegated, that listing each type takes."""


def permissions(types: Iterable[str]) -> list[str]:
    """Return the permissions of Microsoft Graph that listing `types` takes, sorted."""
    return sorted({PERMISSIONS[each] for each in types if each in PERMISSIONS})


class Directory:
    """The directory of a tenant. `session` is one with Microsoft Graph as its endpoint."""

    def __init__(self, session: Session, tenant: str, who: str, bounds: Bounds, clock: Clock | None) -> None:
        """Ask by `session`, as `who`."""
        self._session = session
        self._tenant = tenant
        self._who = who
        self._collector = Collector(bounds, clock)
        self._asked: list[str] = []
        self.users: dict[str, str] = {}
        """What each user is that was listed, by id: `member` or `guest`."""

    def collect(self, types: Iterable[str]) -> list[Resource | Unread]:
        """Return what is listed of `types`, and why a type is not."""
        wanted = set(types)
        found: list[tuple[_List, Any]] = []
        unread: list[Resource | Unread] = []
        missed: dict[str, str] = {}
        asked: list[str] = []
        for each in _LISTS:
            if each.type not in wanted:
                continue
            self._asked.append(each.type.rpartition("/")[2])
            answers, gap = self._listed(each)
            if each.template:
                answers = [one for one in answers if one["templateId"] == each.template]
                if gap is None and not answers:
                    answers = [{"id": each.template, "templateId": each.template, "values": []}]
            found += [(each, answer) for answer in answers]
            if gap is None:
                asked.append(each.type)
            else:
                unread.append(gap)
                missed[f"without {each.type}"] = f"{gap.because}\n{gap.settle_with}"
        context = {"children": " ".join(asked), **missed}
        return [*unread, *(self._resource(one, answer, context) for one, answer in found)]

    def _listed(self, one: _List) -> tuple[list[Any], Unread | None]:
        """Return what a list has, and why there may be more."""
        call = self._call(one)
        found: list[Any] = []
        try:
            pages = self._session.linked(one.path, one.parameters, "@odata.nextLink")
            for page in self._collector.pages(call, pages, _token, absent=one.absent):
                for each in page["value"]:
                    self._check(call, one, each)
                    found.append(each)
        except CallFailed as failed:
            if failed.code and failed.code in one.absent:
                return [], None
            if failed.code == _UNLICENSED:
                return found, Unread(
                    Place(str(call)), "it takes a licence of Entra ID P1", "look in the portal"
                )
            denied = failed.meaning == "denied"
            because = f"{self._who} may not call it" if denied else failed.because
            wanted = settle(failed, f"{one.permission} of Microsoft Graph")
            return found, Unread(Place(str(call)), because, wanted)
        return found, None

    def _call(self, one: _List) -> Call:
        return Call(f"Microsoft.Graph{one.path.removeprefix('/v1.0')}", self._tenant, "Microsoft.Graph")

    def _check(self, call: Call, one: _List, answer: Any) -> None:
        """Raise `CallFailed` where one in a list is not of the form that the API documents."""
        if not isinstance(answer, dict) or any(name not in answer for name in one.sent):
            failed = not_azure(f"one in the list has not all of {', '.join(one.sent)}")
            self._collector.tally.failed(call.name, failed)
            raise failed
        self._collector.tally.listed(one.type, True)
        if "userType" in answer:
            self.users[str(answer["id"]).lower()] = str(answer["userType"]).lower()

    def _resource(self, one: _List, answer: Any, context: Mapping[str, str]) -> Resource:
        body = without_secrets(dict(answer))
        name = str(answer.get("displayName") or answer.get("userPrincipalName") or answer["id"])
        origin = f"{self._call(one)} {name}"

        def locate(path: Path) -> Place:
            return Place(origin, at=dotted(path))

        address = f"{one.path.removeprefix('/v1.0')}/{answer['id']}"
        scope = f"entra:{self._tenant}"
        return Resource(
            one.type, address, body, Place(origin), "live", "arm", scope, locate, context=dict(context)
        )

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
