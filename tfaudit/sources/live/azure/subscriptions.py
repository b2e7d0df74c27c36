"""Which subscriptions are looked at: those that are named, those below management groups, or all of a tenant."""

from __future__ import annotations

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

    `UsageError` where none is left; `CallFailed` where nothing can be asked at all.
    """
    stated: list[tuple[Any, Session]] = []
    unread: list[Unread] = []
    if target.subscriptions or target.management_groups:
        named = list(target.subscriptions)
        for group in target.management_groups:
            named += _below(group, sessions, collector)
        for id_ in dict.fromkeys(each.lower() for each in named):
            found = _looked_up(id_, sessions, collector)
            stated += [found] if isinstance(found, tuple) else []
            unread += [found] if isinstance(found, Unread) else []
    else:
        for session in sessions:
            stated += [(each, session) for each in _listed(session, collector)]
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


def _looked_up(id_: str, sessions: list[Session], collector: Collector) -> tuple[Any, Session] | Unread:
    """Return what the first tenant that knows a subscription tells of it; why none does."""
    last = CallFailed("other", "no tenant was asked")
    for session in sessions:
        call = Call(_SUBSCRIPTIONS, session.tenant)
        path = f"/subscriptions/{id_}"
        try:
            return collector.ask(call, lambda: session.get(path, _VERSION)), session  # noqa: B023 - called at once
        except CallFailed as failed:
            if failed.code not in _UNKNOWN and failed.code != "InvalidAuthenticationTokenTenant":
                raise
            last = failed
    because = last.because
    if last.code in _UNKNOWN:
        because = "there is no such subscription, or the sign-in may not see it"
    wanted = f"check the id, or {settle(last, f'{_SUBSCRIPTIONS}/read')}"
    settle_with = last.settle_with or (
        wanted if last.meaning == "denied" else "check the id, or name its --tenant"
    )
    return Unread(Place(f"{_SUBSCRIPTIONS} {id_}"), because, settle_with)


def _below(group: str, sessions: list[Session], collector: Collector) -> list[str]:
    """Return the ids of the subscriptions below a management group, however deep."""
    last: CallFailed | None = None
    path = f"/providers/Microsoft.Management/managementGroups/{group}/descendants"
    for session in sessions:
        try:
            call = Call(_GROUPS, session.tenant)
            pages = collector.pages(call, session.pages(path, _GROUPS_VERSION), _token)
            return [str(each["name"]) for page in pages for each in page["value"] if _is_subscription(each)]
        except CallFailed as failed:
            if failed.meaning in ("credentials", "down"):
                raise
            last = failed
    because = last.because if last is not None else "it is not known"
    wanted = settle(last, f"{_GROUPS}/read") if last is not None else ""
    raise UsageError(f"--management-group {group}: {because}; {wanted}")


def _is_subscription(answer: Any) -> bool:
    return isinstance(answer, dict) and str(answer.get("type", "")).lower().endswith("/subscriptions")


def _token(page: Any) -> str:
    link = page.get("nextLink")
    return link if isinstance(link, str) else ""


def scopes(target: Iterable[str], groups: Iterable[str]) -> list[str]:
    """Return the ids of the scopes that subscriptions and management groups are."""
    return [
        *(f"/subscriptions/{each}" for each in target),
        *(f"/providers/Microsoft.Management/managementGroups/{each}" for each in groups),
    ]
