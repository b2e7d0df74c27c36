"""Runs the calls that services state over an account: its regions and items side by side, each answer once."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.calls import NOT_WANTED
from tfaudit.model.resources import Locator, Path, Place, Resource, Unread, Unresolved, dotted
from tfaudit.permissions import action
from tfaudit.redaction import redacted
from tfaudit.sources.live.aws.bodies import dig, filled, parameters_of
from tfaudit.sources.live.aws.errors import NOT_ENABLED, CallFailed, settle
from tfaudit.sources.text.secrets import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfaudit.model.calls import Detail, Listing
    from tfaudit.sources.live.aws import Account


def collected(
    account: Account, listings: Iterable[Listing], regions: list[str]
) -> Iterator[Resource | Unread]:
    """Yield what `listings` list in `regions`, and in their own order; a list that is refused as `Unread`."""
    collector = _Collector(account)
    groups: dict[str, list[Listing]] = {}
    for listing in joined(listings):
        groups.setdefault(_call_key(listing), []).append(listing)
    try:
        listed = [
            collector.submit(collector.listed, group, region)
            for group in groups.values()
            for region in (regions if group[0].per_region else [account.home])
        ]
        for waiting in listed:
            for each in waiting.result():
                found = each.result() if isinstance(each, Future) else each
                if found is not None:
                    yield found
    finally:
        collector.close()


def joined(listings: Iterable[Listing]) -> list[Listing]:
    """Return `listings` with those that several services state made one, which has the details of all."""
    found: dict[tuple[str, str, str], Listing] = {}
    for listing in listings:
        key = (_call_key(listing), listing.type, listing.items)
        known = found.get(key)
        if known is None:
            found[key] = listing
            continue
        details = {detail.key: detail for detail in known.details}
        for detail in listing.details:
            if detail.key not in details or not details[detail.key].wanted:
                details[detail.key] = detail
        found[key] = replace(known, details=tuple(details.values()))
    return list(found.values())


def _call_key(listing: Listing) -> str:
    if listing.fetch is not None:
        return f"{listing.type} {id(listing.fetch)}"
    asked = json.dumps(listing.parameters, sort_keys=True, default=str)
    return f"{listing.client}.{listing.operation} {asked} {listing.per_region}"


class _Collector:
    """One run over an account: its threads, and the answers that several items share."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.session = account.session
        self._pool = ThreadPoolExecutor(max(1, account.session.target.threads), "aws")
        self._answers: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()
        self._expired: CallFailed | None = None

    def submit(self, function: Any, *arguments: Any) -> Future[Any]:
        """Run `function` in a thread of the pool."""
        return self._pool.submit(function, *arguments)

    def close(self) -> None:
        """Start nothing more, and wait for what runs."""
        self._pool.shutdown(cancel_futures=True)

    def listed(self, group: list[Listing], region: str) -> list[Any]:
        """Return the items of listings that share a call, each as a running task; or why there are none."""
        first = group[0]
        found: list[Any] = []
        try:
            self._alive()
            if first.fetch is not None:
                fetched = first.fetch(
                    lambda operation, **given: self._ask(first.client, operation, region, given)
                )
                return [self.submit(self.item, first, region, item) for item in fetched]
            for page in self._pages(group, region):
                for listing in group:
                    listed = dig(page, listing.items) if listing.items else page
                    items = listed if isinstance(listed, list) else [] if listed is None else [listed]
                    found += [self.submit(self.item, listing, region, item) for item in items]
        except CallFailed as failed:
            return [*found, *self._refused(group, region, self._noted(failed))]
        except Exception as error:  # noqa: BLE001 - a service's own function must not end the scan
            return [*found, self._crashed(first, region, error)]
        return found

    def _pages(self, group: list[Listing], region: str) -> Iterable[dict[str, Any]]:
        first = group[0]
        given = dict(first.parameters)
        if any(not listing.items for listing in group):
            return [self.session.call(first.client, first.operation, region, given)]
        return self.session.pages(first.client, first.operation, region, given)

    def _crashed(self, listing: Listing, region: str, error: Exception) -> Unread:
        because = f"what a service asks failed: {type(error).__name__}: {redacted(str(error))[:200]}"
        return Unread(Place(self._origin(listing, region)), because, "report this as a defect of tfaudit")

    def _refused(self, group: list[Listing], region: str, failed: CallFailed) -> Iterator[Resource | Unread]:
        for listing in group:
            if failed.code in listing.absent:
                if not listing.items:
                    resource = self.item(listing, region, {})
                    if resource is not None:
                        yield resource
                continue
            if self._nowhere(listing.client, region, failed):
                continue
            because = self.account.why(failed)
            if failed.code in NOT_ENABLED:
                because = "the region is not enabled for the account"
            permission = listing.permission or action(listing.client, listing.operation)
            yield Unread(Place(self._origin(listing, region)), because, settle(failed, permission))

    def _nowhere(self, client: str, region: str, failed: CallFailed) -> bool:
        """Whether `client` is a service that does not exist in `region`."""
        if failed.meaning != "down" or self.session.target.endpoint:
            return False
        known = self.session.known_regions(client, self.account.partition)
        return bool(known) and region not in known

    def item(self, listing: Listing, region: str, item: Any) -> Resource | Unread | None:
        """Return the resource that an item is, with its details; None where it is in a region not looked at."""
        try:
            return self._item(listing, region, item)
        except Exception as error:  # noqa: BLE001 - one odd item must not end the scan
            return self._crashed(listing, region, error)

    def _item(self, listing: Listing, region: str, item: Any) -> Resource | None:
        body = dict(item) if isinstance(item, Mapping) else {"value": item}
        account = self.account
        context = {"region": region, "account": account.id, "partition": account.partition}
        located = self._locate(listing, body, context)
        wanted = account.session.target.regions
        if located and wanted and context["region"] not in wanted:
            return None
        for detail in listing.details:
            if detail.key not in body:
                self._add(detail, body, {}, listing.client, context)
        return self._resource(listing, region, body, context)

    def _locate(self, listing: Listing, body: dict[str, Any], context: dict[str, str]) -> bool:
        """Put the item's own region into `context`, and return whether it is told."""
        located = False
        for way in filter(None, listing.region_at.split(",")):
            asked, _, path = way.strip().rpartition("/")
            for detail in listing.details:
                if detail.key == asked:
                    self._add(
                        detail if not located else replace(detail, wanted=False),
                        body,
                        {},
                        listing.client,
                        context,
                    )
            answer = body.get(asked) if asked else body
            told = dig(answer, path) if isinstance(answer, Mapping) else None
            if not located and (told or (asked and isinstance(answer, Mapping))):
                context["region"] = _region(told)
                located = True
        return located

    def _resource(
        self, listing: Listing, region: str, body: dict[str, Any], context: dict[str, str]
    ) -> Resource:
        address = (
            filled(listing.identify, body, context)
            if "{" in listing.identify
            else str(dig(body, listing.identify) or "")
        )
        name = str(dig(body, listing.name) or "") if listing.name else ""
        name = name or address.rpartition("/")[2].rpartition(":")[2]
        at = f"{listing.items}[{name}]" if listing.items else ""
        origin = self._origin(listing, context["region"] if listing.region_at else region)
        return Resource(
            type=listing.type,
            address=address or f"{listing.type} {context['region']}",
            body=without_secrets(body),
            place=Place(origin, at=at),
            plane="live",
            dialect="api",
            scope=f"aws:{self.account.id}",
            locate=_locator(listing, Place(origin, at=at), name, context["region"]),
            context=context,
        )

    def _origin(self, listing: Listing, region: str) -> str:
        where = region if listing.per_region or listing.region_at else "global"
        return f"{listing.client}.{listing.operation} {where}"

    def _add(
        self,
        detail: Detail,
        body: dict[str, Any],
        outer: Mapping[str, Any],
        client: str,
        context: Mapping[str, str],
    ) -> None:
        """Put the answer of `detail` into `body`, and those of its own details into each of its items."""
        client = detail.client or client
        if not detail.wanted:
            body[detail.key] = NOT_WANTED
            return
        given = parameters_of(detail.parameters, body, outer, context)
        if given is None:
            return
        if isinstance(given, Unresolved):
            body[detail.key] = given
            return
        try:
            self._alive()
            answer = self._answer(detail, client, context["region"], given, body)
        except CallFailed as failed:
            noted = self._noted(failed)
            if noted.code in detail.absent:
                body[detail.key] = None
                return
            because = noted.because
            permission = detail.permission or action(client, detail.operation)
            if noted.meaning == "denied":
                because = f"{self.account.principal} may not call {noted.action or permission}"
            body[detail.key] = Unresolved(because, settle(noted, permission))
            return
        if detail.details and isinstance(answer, list):
            answer = [dict(each) if isinstance(each, Mapping) else {"value": each} for each in answer]
            for each in answer:
                for inner in detail.details:
                    self._add(inner, each, body, client, context)
        body[detail.key] = answer

    def _answer(
        self, detail: Detail, client: str, region: str, given: dict[str, Any], body: Mapping[str, Any]
    ) -> Any:
        if detail.fetch is not None:
            return self._fetched(detail.fetch, client, region, body)
        key = json.dumps([client, detail.operation, region, given, detail.items], sort_keys=True, default=str)
        with self._lock:
            shared = self._answers.get(key)
            mine = shared is None
            if shared is None:
                shared = self._answers[key] = Future()
        if mine:
            try:
                shared.set_result(self.session.items(client, detail.operation, region, given, detail.items))
            except BaseException as error:
                shared.set_exception(error)
                raise
        return shared.result()

    def _fetched(self, fetch: Any, client: str, region: str, body: Mapping[str, Any]) -> Any:
        try:
            return fetch(lambda operation, **given: self._ask(client, operation, region, given), body)
        except CallFailed:
            raise
        except Exception as error:
            because = f"what its service asks failed: {type(error).__name__}: {redacted(str(error))[:200]}"
            raise CallFailed("defect", because) from error

    def _ask(self, client: str, operation: str, region: str, given: dict[str, Any]) -> Mapping[str, Any]:
        self._alive()
        return self.session.call(client, operation, region, given)

    def _alive(self) -> None:
        if self._expired is not None:
            raise self._expired

    def _noted(self, failed: CallFailed) -> CallFailed:
        """Return `failed`; after expired credentials nothing more is asked."""
        if failed.expired:
            self._expired = failed
        return failed


def _region(told: Any) -> str:
    """Return the region that S3 means: no constraint is us-east-1, and EU is what eu-west-1 was once called."""
    return {"": "us-east-1", "EU": "eu-west-1"}.get(str(told or ""), str(told or ""))


def _locator(listing: Listing, place: Place, name: str, region: str) -> Locator:
    """Return the function that tells from which call, and where in its answer, a path of the body was read."""
    calls = dict(_calls(listing.details, listing.client))

    def locate(path: Path) -> Place:
        for index in range(len(path) - 1, -1, -1):
            step = path[index]
            if step in calls:
                return Place(f"{calls[str(step)]} {region} {name}", at=dotted(path[index + 1 :]))
        return Place(place.origin, at=f"{place.at}.{dotted(path)}".strip(".") if path else place.at)

    return locate


def _calls(details: Iterable[Detail], client: str) -> Iterator[tuple[str, str]]:
    for detail in details:
        yield detail.key, f"{detail.client or client}.{detail.operation}"
        yield from _calls(detail.details, detail.client or client)
