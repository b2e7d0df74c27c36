"""Runs the calls that services state over an account: its regions and items side by side, each answer once."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from msgspec.structs import replace

from tfaudit.model.resources import Resource
from tfaudit.permissions import action
from tfaudit.redaction import redacted
from tfaudit.sources.live.aws.asking import Gap, items, origin
from tfaudit.sources.live.aws.errors import NOT_ENABLED, settle
from tfaudit.sources.live.aws.item import Item
from tfaudit.sources.live.collector import Collector, Task
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from tfaudit.model.calls import Listing
    from tfaudit.sources.live.aws.asking import Account


class _Found(NamedTuple):
    """What came of one item: its resource, None where it is not looked at, and what is not known of it."""

    resource: Resource | None
    gaps: tuple[Gap, ...] = ()


_Work: TypeAlias = tuple[Callable[..., _Found], tuple[Any, ...]]
"""A function that finds out about an item, and its arguments."""


def _told(found: _Found) -> _Work:
    return (lambda: found), ()


def collected(account: Account, listings: Iterable[Listing], regions: list[str]) -> Iterator[Resource | Gap]:
    """Yield what `listings` list in `regions`, and in their own order; a call without an answer as a `Gap`."""
    run = _Run(account)
    groups: dict[str, list[Listing]] = {}
    for listing in joined(listings):
        groups.setdefault(_call_key(listing), []).append(listing)
    with account.collector as collector:
        lists = deque(
            collector.start(run.listed, group, region)
            for group in groups.values()
            for region in (regions if group[0].per_region else [account.home])
        )
        for resource, gaps in collector.in_order(_each(collector, lists)):
            yield from gaps
            if resource is not None:
                collector.tally.listed(resource.type, not gaps)
                yield resource


def _each(collector: Collector, lists: deque[Task[list[_Work]]]) -> Iterator[_Work]:
    """Yield the work that each list gives, list by list; what has been yielded is let go of."""
    while lists:
        work = collector.result(lists.popleft())
        work.reverse()
        while work:
            yield work.pop()


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
        sent = tuple(dict.fromkeys((*known.sent, *listing.sent)))
        found[key] = replace(known, details=tuple(details.values()), sent=sent)
    return list(found.values())


def _call_key(listing: Listing) -> str:
    if listing.fetch is not None:
        return f"{listing.type} {id(listing.fetch)}"
    asked = json.dumps(listing.parameters, sort_keys=True, default=str)
    return f"{listing.client}.{listing.operation} {asked} {listing.per_region}"


class _Run:
    """One run over an account: what its threads do. Nothing is kept here, so that all of it can be done again."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def listed(self, group: list[Listing], region: str) -> list[_Work]:
        """Return what is to be done for each item of listings that share a call; or why there are none."""
        first = group[0]
        found: list[_Work] = []
        try:
            if first.fetch is not None:
                means = self.account.asking.means(first.client, region)
                return [(self.item, (first, region, item)) for item in first.fetch(means)]
            for page in self._pages(group, region):
                for listing in group:
                    listed = items(page, listing) if listing.items else [page]
                    found += [(self.item, (listing, region, item)) for item in listed]
        except CallFailed as failed:
            return [*found, *(_told(each) for each in self._refused(group, region, failed))]
        except Exception as error:  # noqa: BLE001 - a service's own function must not end the scan
            return [*found, _told(self._crashed(first, region, error))]
        return found

    def _pages(self, group: list[Listing], region: str) -> Iterable[Mapping[str, Any]]:
        first, asking = group[0], self.account.asking
        absent = [code for listing in group for code in listing.absent]
        if any(not listing.items for listing in group):
            return [asking.whole(first.client, first.operation, region, first.parameters, absent)]
        return asking.pages(first.client, first.operation, region, first.parameters, absent)

    def _crashed(self, listing: Listing, region: str, error: Exception) -> _Found:
        because = f"what a service asks failed: {type(error).__name__}: {redacted(str(error))[:200]}"
        return self._without(listing, region, because, "report this as a defect of tfaudit")

    def _without(self, listing: Listing, region: str, because: str, settle_with: str) -> _Found:
        call, _, where = origin(listing, region).partition(" ")
        return _Found(None, (Gap(call, where, because, settle_with),))

    def _refused(self, group: list[Listing], region: str, failed: CallFailed) -> Iterator[_Found]:
        for listing in group:
            if failed.code and failed.code in listing.absent:
                if not listing.items:
                    yield self.item(listing, region, {})
                continue
            if self._nowhere(listing.client, region, failed):
                continue
            because = self.account.why(failed)
            if failed.code in NOT_ENABLED:
                because = "the region is not enabled for the account"
            permission = listing.permission or action(listing.client, listing.operation)
            yield self._without(listing, region, because, settle(failed, permission))

    def _nowhere(self, client: str, region: str, failed: CallFailed) -> bool:
        """Whether `client` is a service that does not exist in `region`."""
        if failed.meaning != "down" or self.account.session.target.endpoint:
            return False
        known = self.account.session.known_regions(client, self.account.partition)
        return bool(known) and region not in known

    def item(self, listing: Listing, region: str, item: Any) -> _Found:
        """Return the resource that an item is, with its details."""
        try:
            found = Item(self.account, listing, region, item)
            return _Found(found.resource(), tuple(found.gaps))
        except Exception as error:  # noqa: BLE001 - one odd item must not end the scan
            return self._crashed(listing, region, error)
