"""Which subscriptions are looked at: those that are named, those below management groups, or all of a tenant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.errors import UsageError
from tfaudit.model.resources import Place, Unread
from tfaudit.sources.live.azure.errors import not_azure
from tfaudit.sources.live.collector import Call
from tfaudit.sources.live.failures import CallFailed, settle

if TYPE_CHECKING:
    from tfaudit.sources.live.azure.session import AzureTarget, Session
    from tfaudit.sources.live.collector import Collector

_SUBSCRIPTIONS = "Microsoft.Resources/subscriptions"
_VERSION = "2022-12-01"
_GROUPS = "Microsoft.Management/managementGroups/descendants"
_GROUPS_VERSION = "2020-05-01"
_READABLE = frozenset({"enabled", "warned", "pastdue"})
_UNKNOWN = frozenset({"SubscriptionNotFound", "InvalidSubscriptionId", "AuthorizationFailed"})
_OTHER_TENANT = "InvalidAuthenticationTokenTenant"
_EMPTY = "check the name, and that the sign-in has a role at it or at what is below it"
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_GROUP = re.compile(r"[\w.()~-]{1,90}", re.ASCII)
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class Subscription(Struct, frozen=True):
    """One that is looked at, by the session of its tenant."""

    id: str
    name: str
    tenant: str
    session: Session


def chosen(
    target: AzureTarget, sessions: list[Session], collector: Collector
) -> tuple[list[Subscription], list[Unread]]:
    """Return the subscriptions to look at, and those that cannot be.

    `UsageError` where none is left, or what is named is no name; `CallFailed` where nothing can be asked at all.
    """
    scopes(target.subscriptions, target.management_groups)
    for tenant in target.tenants:
        if not _TENANT.fullmatch(tenant):
            raise UsageError(f'--tenant: "{tenant}" is neither a tenant\'s id nor a domain of it')
    named = bool(target.subscriptions or target.management_groups)
    stated, unread = (_named if named else _all)(target, sessions, collector)
    usable: dict[str, Subscription] = {}
    for answer, session in stated:
        one = _subscription(answer, session)
        state = str(answer.get("state", "")).lower()
        if state in _READABLE:
            usable.setdefault(one.id.lower(), one)
        else:
            unread.append(_disabled(one, state))
    if not usable and not unread:
        raise UsageError(
            "live azure: the sign-in sees no subscription; name one with --subscription, or a --tenant"
        )
    return list(usable.values()), unread


def _named(
    target: AzureTarget, sessions: list[Session], collector: Collector
) -> tuple[list[tuple[Any, Session]], list[Unread]]:
    """Return what is told of the subscriptions that are named, and which of them nobody tells of."""
    named = list(target.subscriptions)
    empty: list[Unread] = []
    for group in target.management_groups:
        below = _below(group, sessions, collector)
        named += below
        if not below:
            empty.append(Unread(Place(f"{_GROUPS} {group}"), "no subscription is seen below it", _EMPTY))
    stated: list[tuple[Any, Session]] = []
    failures: dict[str, CallFailed] = {}
    for id_ in dict.fromkeys(each.lower() for each in named):
        try:
            stated.append(_looked_up(id_, sessions, collector))
        except CallFailed as failed:
            failures[id_] = failed
    if not stated:
        _end_with(failures.values())
    return stated, [*(_unseen(id_, failed) for id_, failed in failures.items()), *empty]


def _all(
    target: AzureTarget, sessions: list[Session], collector: Collector
) -> tuple[list[tuple[Any, Session]], list[Unread]]:
    """Return what is told of all subscriptions of the tenants, and which tenants tell of none."""
    stated: list[tuple[Any, Session]] = []
    unread: list[Unread] = []
    failures: list[CallFailed] = []
    for session in sessions:
        place = Place(f"{_SUBSCRIPTIONS} of the tenant {session.tenant}")
        try:
            found = [(each, session) for each in _listed(session, collector)]
        except CallFailed as failed:
            failures.append(failed)
            wanted = settle(failed, f"{_SUBSCRIPTIONS}/read")
            unread.append(Unread(place, failed.because, wanted))
            continue
        stated += found
        if not found and target.tenants:
            because = "the sign-in sees no subscription of it"
            unread.append(Unread(place, because, "give it a role there, or leave the tenant out"))
    if not stated:
        _end_with(failures, every=len(failures) == len(sessions))
        unread = unread if failures else []
    return stated, unread


def _end_with(failures: Iterable[CallFailed], *, every: bool = False) -> None:
    """Raise the first failure after which there is nothing to look at; with `every`, whatever it is."""
    for failed in failures:
        if every or (failed.meaning in ("credentials", "down") and failed.code != _OTHER_TENANT):
            raise failed


def _disabled(one: Subscription, state: str) -> Unread:
    because = (
        f'the subscription "{one.name}" is {state or "in no known state"}, so nothing in it is looked at'
    )
    return Unread(
        Place(f"{_SUBSCRIPTIONS} {one.id}"), because, "enable it, or name others with --subscription"
    )


def _subscription(answer: Any, session: Session) -> Subscription:
    id_ = answer.get("subscriptionId") if isinstance(answer, dict) else None
    if not isinstance(id_, str) or not id_:
        raise not_azure("a subscription has no subscriptionId")
    return Subscription(
        id_, str(answer.get("displayName") or id_), str(answer.get("tenantId") or session.tenant), session
    )


def _listed(session: Session, collector: Collector) -> Iterator[Any]:
    call = Call(_SUBSCRIPTIONS, session.tenant)
    for page in collector.pages(call, session.pages("/subscriptions", _VERSION), _token):
        yield from page["value"]


def _looked_up(id_: str, sessions: list[Session], collector: Collector) -> tuple[Any, Session]:
    """Return what the first tenant that knows a subscription tells of it; raise why none does."""
    last = CallFailed("other", "no tenant was asked")
    for session in sessions:
        call = Call(_SUBSCRIPTIONS, session.tenant)
        path = f"/subscriptions/{id_}"
        try:
            return collector.ask(call, lambda: session.get(path, _VERSION)), session  # noqa: B023 - called at once
        except CallFailed as failed:
            last = failed
    raise last


def _unseen(id_: str, failed: CallFailed) -> Unread:
    place = Place(f"{_SUBSCRIPTIONS} {id_}")
    if failed.code not in _UNKNOWN:
        return Unread(place, failed.because, settle(failed, f"{_SUBSCRIPTIONS}/read"))
    because = "there is no such subscription, or the sign-in may not see it"
    wanted = "name its --tenant"
    if failed.meaning == "denied":
        wanted = settle(failed, f"{_SUBSCRIPTIONS}/read")
    return Unread(place, because, f"check the id, or {wanted}")


def _below(group: str, sessions: list[Session], collector: Collector) -> list[str]:
    """Return the ids of the subscriptions below a management group, however deep."""
    last = CallFailed("other", "no tenant was asked")
    path = f"/providers/Microsoft.Management/managementGroups/{group}/descendants"
    for session in sessions:
        try:
            call = Call(_GROUPS, session.tenant)
            pages = collector.pages(call, session.pages(path, _GROUPS_VERSION), _token)
            return [str(each["name"]) for page in pages for each in page["value"] if _is_subscription(each)]
        except CallFailed as failed:
            last = failed
    if last.meaning in ("credentials", "down"):
        raise last
    raise UsageError(f"--management-group {group}: {last.because}; {settle(last, f'{_GROUPS}/read')}")


def _is_subscription(answer: Any) -> bool:
    return isinstance(answer, dict) and str(answer.get("type", "")).lower().endswith("/subscriptions")


def _token(page: Any) -> str:
    link = page.get("nextLink")
    return link if isinstance(link, str) else ""


def scopes(subscriptions: Iterable[str], groups: Iterable[str]) -> list[str]:
    """Return the ids of the scopes that subscriptions and management groups are; `UsageError` where one is no name."""
    found = []
    for each in subscriptions:
        if not _ID.fullmatch(each):
            raise UsageError(f'--subscription: "{each}" is no id; `az account list` shows them')
        found.append(f"/subscriptions/{each}")
    for each in groups:
        if not _GROUP.fullmatch(each):
            raise UsageError(f'--management-group: "{each}" is no name of one, which is its id')
        found.append(f"/providers/Microsoft.Management/managementGroups/{each}")
    return found
