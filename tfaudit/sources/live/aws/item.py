"""One item of a live account's list into a resource: its own region, and the details that tell more of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from tfaudit.model.calls import NOT_WANTED, UNSENT
from tfaudit.model.resources import Locator, Path, Place, Resource, Unresolved, dotted
from tfaudit.permissions import action
from tfaudit.redaction import redacted
from tfaudit.sources.live.aws.asking import Gap, origin
from tfaudit.sources.live.aws.bodies import dig, filled, parameters_of, unsent
from tfaudit.sources.live.aws.errors import settle
from tfaudit.sources.live.failures import CallFailed
from tfaudit.sources.text.secrets import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfaudit.model.calls import Detail, Listing
    from tfaudit.sources.live.aws.asking import Account


class Item:
    """An item while its details are asked; `gaps` are those that gave no answer."""

    def __init__(self, account: Account, listing: Listing, region: str, item: Any) -> None:
        """Take an item as `listing` listed it in `region`."""
        self.gaps: list[Gap] = []
        self._account = account
        self._listing = listing
        self._listed_in = region
        self._body = dict(item) if isinstance(item, Mapping) else {"value": item}
        self._context = {"region": region, "account": account.id, "partition": account.partition}

    def resource(self) -> Resource | None:
        """Return the item as a resource; None where it is in a region that is not looked at."""
        wanted = self._account.session.target.regions
        located = self._locate()
        if located and wanted and self._context["region"] not in wanted:
            return None
        if self._listing.region_at and wanted and not located:
            self._lost()
        for detail in self._listing.details:
            if detail.key not in self._body:
                self._add(detail, self._body, {}, self._listing.client)
        listing = self._listing
        self._check(f"{listing.client}.{listing.operation}", self._body, listing.sent)
        return self._made()

    def _check(self, call: str, answer: Any, sent: Iterable[str]) -> None:
        """Take note of what an answer of `call` lacks though the API always sends it."""
        for path in unsent(answer, sent):
            because = f"its answer has no {path}, which the API always sends"
            self.gaps.append(Gap(call, self._context["region"], because, UNSENT.settle_with, self._name))

    def _locate(self) -> bool:
        """Put the item's own region into the context, and return whether it is known."""
        located = False
        for way in filter(None, self._listing.region_at.split(",")):
            asked, _, path = way.strip().rpartition("/")
            for detail in self._listing.details:
                if detail.key == asked and located:
                    self._body[asked] = NOT_WANTED
                elif detail.key == asked:
                    self._add(detail, self._body, {}, self._listing.client)
            answer = self._body.get(asked) if asked else self._body
            stated = dig(answer, path) if isinstance(answer, Mapping) else None
            if not located and (stated or (asked and isinstance(answer, Mapping))):
                self._context["region"] = _region(stated)
                located = True
        return located

    def _lost(self) -> None:
        """Let nothing be known of an item that may lie in a region which is not looked at."""
        why = "it is not known in which region this lies, and only some are looked at"
        unknown = Unresolved(why, self.gaps[0].settle_with if self.gaps else "scan all regions")
        for detail in self._listing.details:
            self._body.setdefault(detail.key, unknown)

    def _made(self) -> Resource:
        listing, context = self._listing, self._context
        address, name = self._address, self._name
        at = f"{listing.items}[{name}]" if listing.items else ""
        where = context["region"] if listing.region_at else self._listed_in
        place = Place(origin(listing, where), at=at)
        return Resource(
            type=listing.type,
            address=address or f"{listing.type} {context['region']}",
            body=without_secrets(self._body),
            place=place,
            plane="live",
            dialect="api",
            scope=f"aws:{self._account.id}",
            locate=_locator(listing, place, name, context["region"]),
            context=context,
        )

    @property
    def _address(self) -> str:
        identify = self._listing.identify
        if "{" in identify:
            return filled(identify, self._body, self._context)
        return str(dig(self._body, identify) or "")

    @property
    def _name(self) -> str:
        """What people call it, else the last part of its address."""
        named = dig(self._body, self._listing.name) if self._listing.name else ""
        return str(named or self._address.rpartition("/")[2].rpartition(":")[2])

    def _add(self, detail: Detail, body: dict[str, Any], outer: Mapping[str, Any], client: str) -> None:
        """Put the answer of `detail` into `body`, and those of its own details into each of its items."""
        client = detail.client or client
        if not detail.wanted:
            body[detail.key] = NOT_WANTED
            return
        given = parameters_of(detail.parameters, body, outer, self._context)
        if given is None:
            return
        if isinstance(given, Unresolved):
            body[detail.key] = given
            return
        try:
            answer = self._answer(detail, client, given, body)
        except CallFailed as failed:
            body[detail.key] = None if failed.code in detail.absent else self._failed(detail, client, failed)
            return
        self._check(f"{client}.{detail.operation}", answer, detail.sent)
        if detail.details and isinstance(answer, list):
            answer = [dict(each) if isinstance(each, Mapping) else {"value": each} for each in answer]
            for each in answer:
                for inner in detail.details:
                    self._add(inner, each, body, client)
        body[detail.key] = answer

    def _failed(self, detail: Detail, client: str, failed: CallFailed) -> Unresolved:
        """Take note of a call without an answer, and return what stands in the body for it."""
        permission = detail.permission or action(client, detail.operation)
        settle_with = settle(failed, permission)
        call, region = f"{client}.{detail.operation}", self._context["region"]
        gap = Gap(call, region, self._account.why(failed), settle_with, self._name)
        if gap not in self.gaps:
            self.gaps.append(gap)
        denied = failed.meaning == "denied"
        wanted = failed.permission or permission
        because = f"{self._account.principal} may not call {wanted}" if denied else failed.because
        return Unresolved(because, settle_with)

    def _answer(self, detail: Detail, client: str, given: dict[str, Any], body: Mapping[str, Any]) -> Any:
        asking, region = self._account.asking, self._context["region"]
        if detail.fetch is not None:
            return self._fetched(detail, client, body)
        parts = [client, detail.operation, region, given, detail.items]
        key = json.dumps(parts, sort_keys=True, default=str)
        collector = self._account.collector
        return collector.shared(key, partial(asking.at, client, region, given, detail))

    def _fetched(self, detail: Detail, client: str, body: Mapping[str, Any]) -> Any:
        assert detail.fetch is not None  # noqa: S101 - asked before
        try:
            return detail.fetch(
                self._account.asking.means(client, self._context["region"], detail.absent), body
            )
        except CallFailed:
            raise
        except Exception as error:
            because = f"what its service asks failed: {type(error).__name__}: {redacted(str(error))[:200]}"
            raise CallFailed("defect", because) from error


def _region(stated: Any) -> str:
    """Return the region that S3 means: no constraint is us-east-1, and EU is what eu-west-1 was once called."""
    return {"": "us-east-1", "EU": "eu-west-1"}.get(str(stated or ""), str(stated or ""))


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
