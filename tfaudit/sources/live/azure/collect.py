"""Looks at one subscription: what the graph shows, and beside each of it what only ARM tells, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tfaudit.model.resources import Unresolved
from tfaudit.sources.live.azure import graph, permissions
from tfaudit.sources.live.azure.bodies import Thing
from tfaudit.sources.live.azure.errors import not_azure
from tfaudit.sources.live.azure.types import (
    ACCOUNT,
    DIAGNOSTICS,
    PARTS,
    RESTS,
    SOLUTIONS,
    Rest,
    Way,
    way,
)
from tfaudit.sources.live.collector import Call
from tfaudit.sources.live.failures import CallFailed, settle

if TYPE_CHECKING:
    from tfaudit.services.needs_azure import Needs
    from tfaudit.sources.live.azure.session import Session
    from tfaudit.sources.live.collector import Collector

_LEVELS = 4
_WITHHELD = Unresolved(
    "Azure shows it only to who may list secrets, which is never asked for", "scan the code"
)
_FROM_ABOVE = "/providers/microsoft.management/managementgroups/"
"""How the ids begin of what a subscription has from a management group."""
_HOLLOW = "nothing is reported of how it is set up"
_NOT_ALL = "what Resource Graph leaves out is not known: it may not read them in all of the subscription"


class Gap(Struct, frozen=True):
    """What was not known: of a type, by a call, and what would settle it; `of` is the one thing that it is about."""

    call: str
    because: str
    settle_with: str
    of: str = ""


class Plan(Struct, frozen=True):
    """What is asked for, by how it is asked. All types in small letters."""

    tables: Mapping[str, frozenset[str]]
    of_subscription: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    ways: Mapping[str, Way]

    @classmethod
    def of(cls, needs: Needs) -> Plan:
        """Return the plan for what is needed."""
        wanted = {*needs.types, *needs.beside, *(each for of in needs.beside.values() for each in of)}
        ways = {each: way(needs.written(each)) for each in wanted}
        for each in wanted:
            ways.update(_above(ways[each], needs))
        tables: dict[str, set[str]] = {}
        for type_, how in ways.items():
            if how.how == "graph":
                tables.setdefault(how.table, set()).add(type_)
        of_subscription = {
            type_
            for type_, how in ways.items()
            if how.how == "of subscription"
            or (how.how == "at each" and type_ in needs.types and type_ not in needs.beside.get(ACCOUNT, ()))
        }
        frozen = {table: frozenset(types) for table, types in tables.items()}
        return cls(frozen, frozenset(of_subscription), needs.beside, ways)


class Found(Struct):
    """What was found of one thing and below it."""

    things: list[Thing] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


class Run:
    """One run over a subscription. Its threads change nothing but what they return."""

    def __init__(
        self, session: Session, collector: Collector, subscription: str, plan: Plan, who: str
    ) -> None:
        """Ask by `session` for what `plan` has, as `who`."""
        self.session = session
        self.collector = collector
        self.subscription = subscription
        self.plan = plan
        self.who = who
        self.everywhere: set[str] = set()
        self.nowhere: dict[str, str] = {}
        self.under_sentinel: frozenset[str] = frozenset()

    def collected(self) -> Iterator[Thing | Gap]:
        """Yield all that is found, and what could not be."""
        with self.collector as collector:
            allowed = collector.start(self._permissions)
            wide = [
                collector.start(self._of_subscription, type_) for type_ in sorted(self.plan.of_subscription)
            ]
            tables = [collector.start(self._table, *each) for each in sorted(self.plan.tables.items())]
            yield from self._not_allowed(collector.result(allowed))
            found: list[Thing] = []
            for task, (_, types) in zip(tables, sorted(self.plan.tables.items()), strict=True):
                yield from self._taken(collector.result(task), types, found)
            for task, type_ in zip(wide, sorted(self.plan.of_subscription), strict=True):
                everywhere = [] if type_ == DIAGNOSTICS else [type_]
                yield from self._taken(collector.result(task), everywhere, found)
            self.under_sentinel = frozenset(_workspaces_of_sentinel(found))
            below = [collector.start(self._below, each, 0) for each in found]
            for task in below:
                one = collector.result(task)
                yield from one.gaps
                for each in one.things:
                    collector.tally.listed(each.type, not each.missed)
                    yield each

    def _taken(self, one: Found, types: Iterable[str], found: list[Thing]) -> Iterator[Gap]:
        """Take note of what a wide question found: of all `types` where it was answered whole."""
        found += one.things
        for gap in one.gaps:
            self.nowhere.update(dict.fromkeys(types, _why(gap)))
            yield gap
        if not one.gaps:
            self.everywhere.update(each for each in types if each not in self.nowhere)

    def _permissions(self) -> permissions.Permissions | Gap:
        path = f"/subscriptions/{self.subscription}{permissions.PATH}"
        call = Call(permissions.CALL, self.subscription, "Microsoft.Authorization")
        try:
            pages = self.collector.pages(call, self.session.pages(path, permissions.VERSION), _token)
            return permissions.Permissions(role for page in pages for role in page["value"])
        except CallFailed as failed:
            because = f"{self._told(failed)}; whether Resource Graph shows everything is not known"
            return Gap(permissions.CALL, because, settle(failed, "Microsoft.Authorization/permissions/read"))

    def _not_allowed(self, stated: permissions.Permissions | Gap) -> Iterator[Gap]:
        """Yield, by provider, what the caller may not read everywhere, so that the graph may leave some of it out."""
        types = sorted(each for of in self.plan.tables.values() for each in of)
        if isinstance(stated, Gap):
            self.nowhere.update(dict.fromkeys(types, _why(stated)))
            yield stated
            return
        missing: dict[str, list[Way]] = {}
        for each in types:
            how = self.plan.ways[each]
            if not stated.allow(how.action):
                missing.setdefault(how.type.partition("/")[0], []).append(how)
        for provider, ways in missing.items():
            actions = ", ".join(each.action for each in ways)
            gap = Gap(provider, f"{self.who}: {_NOT_ALL}", f"grant {actions} at the subscription")
            self.nowhere.update({each.key: _why(gap) for each in ways})
            yield gap

    def _table(self, table: str, types: frozenset[str]) -> Found:
        found = Found()
        try:
            for row in graph.rows(self.session, self.collector, self.subscription, table, types):
                if not row["properties"]:  # then defaults would be taken for what it is set to
                    found.gaps.append(Gap(graph.CALL, _HOLLOW, "look at it in the portal", row["id"]))
                    continue
                found.things.append(Thing(str(row["type"]).lower(), row, graph.CALL))
        except CallFailed as failed:
            found.gaps.append(Gap(graph.CALL, self._told(failed), settle(failed, graph.ACTION)))
        return found

    def _of_subscription(self, type_: str) -> Found:
        how = self.plan.ways[type_]
        scope = f"/subscriptions/{self.subscription}"
        found = Found()
        try:
            found.things += self._listed(f"{scope}/providers/{how.type}", how, scope)
        except CallFailed as failed:
            if failed.code and failed.code in how.absent:
                return found
            found.gaps.append(Gap(how.type, self._told(failed), settle(failed, how.action)))
        return found

    def _below(self, thing: Thing, level: int) -> Found:
        """Return a copy of a thing, with all that is asked for beside it."""
        beside = self._beside(thing)
        missed = {type_: why for type_, why in self.nowhere.items() if type_ in beside}
        thing = Thing(thing.type, thing.body, thing.call, thing.api, set(self.everywhere), missed)
        found = Found([thing])
        rest = RESTS.get(thing.type)
        if rest is not None:
            self._complete(thing, rest, found)
        for type_ in sorted(beside):
            how = self.plan.ways.get(type_) or way(type_)
            if how.how in ("graph", "of subscription") or not _can_have(thing, how):
                continue
            if how.how in ("list", "one", "each") and how.parent != thing.type:
                continue  # below its own parent
            if how.how == "inside" or str(thing.body.get("kind")) in how.without:
                thing.asked.add(type_)
                continue
            if how.of_sentinel and thing.id.lower() not in self.under_sentinel:
                missed = {type_: self.nowhere[SOLUTIONS]} if SOLUTIONS in self.nowhere else {}
                thing.missed.update(missed)
                thing.asked.update({type_} - missed.keys())
                continue
            self._ask(thing, how, found, level)
        return found

    def _complete(self, thing: Thing, rest: Rest, found: Found) -> None:
        """Put into a thing's body what another GET tells of it, or why that is not known."""
        stated: Any
        try:
            how = Way(rest.type, "one", rest.api)
            answer = self.collector.ask(
                self._call(how), partial(self.session.get, f"{thing.id}/{rest.path}", rest.api)
            )
            stated = dict(self._thing(answer, how, thing.id, rest.api).body["properties"])
            stated |= dict.fromkeys(rest.withheld, _WITHHELD)
            thing.whole.add(f"properties.{rest.into}")
        except CallFailed as failed:
            gap = Gap(rest.type, self._told(failed), settle(failed, rest.action), thing.id)
            thing.missed[rest.type.lower()] = _why(gap)
            found.gaps.append(gap)
            stated = Unresolved(f"{gap.call}: {gap.because}", gap.settle_with)
        properties = {**thing.body["properties"], rest.into: stated}
        thing.body = {**thing.body, "properties": properties}

    def _beside(self, thing: Thing) -> frozenset[str]:
        inside = {each.key for each in self.plan.ways.values() if each.how == "inside"}
        own = {each for each in inside if each.rpartition("/")[0] == thing.type}
        return self.plan.beside.get(thing.type, frozenset()) | own

    def _ask(self, thing: Thing, how: Way, found: Found, level: int) -> None:
        """Ask for what `thing` has of one type, and for what is below that."""
        try:
            children = self._children(thing, how)
        except CallFailed as failed:
            if failed.code and failed.code in how.absent:
                thing.asked.add(how.key)
                return
            gap = Gap(how.type, self._told(failed), settle(failed, how.action), thing.id)
            thing.missed[how.key] = _why(gap)
            found.gaps.append(gap)
            return
        thing.asked.add(how.key)
        for child in children:
            inner = self._below(child, level + 1) if level < _LEVELS else Found([child])
            found.things += inner.things
            found.gaps += inner.gaps

    def _children(self, thing: Thing, how: Way) -> list[Thing]:
        if how.how == "at each":
            parts = [thing.id, *(f"{thing.id}{each}" for each in PARTS.get(thing.type, ()))]
            if str(thing.body.get("kind")) in _kinds_without(thing.type):
                parts = parts[:1]
            return [each for at in parts for each in self._listed(f"{at}/providers/{how.type}", how, at)]
        path = f"{thing.id}/{how.segment}"
        if how.how == "one":
            return [self._one(f"{path}/{how.name}", how)]
        listed = list(self._listed(path, how, thing.id))
        return [self._one(each.id, how) for each in listed] if how.how == "each" else listed

    def _listed(self, path: str, how: Way, above: str) -> Iterator[Thing]:
        call, version = self._call(how), self._version(how)
        for page in self.collector.pages(call, self.session.pages(path, version), _token, absent=how.absent):
            for each in page["value"]:
                yield self._thing(each, how, above, version)

    def _one(self, path: str, how: Way) -> Thing:
        version = self._version(how)
        answer = self.collector.ask(
            self._call(how), partial(self.session.get, path, version), absent=how.absent
        )
        return self._thing(answer, how, path.rpartition("/")[0].rpartition("/")[0], version)

    def _thing(self, answer: Any, how: Way, above: str, version: str) -> Thing:
        """Return the thing that an answer is about; `CallFailed` where it is about none that was asked for."""
        id_ = answer.get("id") if isinstance(answer, dict) else None
        places = (f"{above}/".lower(), *((_FROM_ABOVE,) if how.how == "of subscription" else ()))
        fits = isinstance(id_, str) and id_.lower().startswith(places)
        if not fits or not isinstance(answer.get("properties"), dict):
            failed = not_azure("it has no id and properties of what was asked for")
            self.collector.tally.failed(how.type, failed)
            raise failed
        return Thing(how.key, answer, how.type, version)

    def _call(self, how: Way) -> Call:
        return Call(how.type, self.subscription, how.type.partition("/")[0])

    def _version(self, how: Way) -> str:
        """Return the version of the API by which a type is asked for: its provider's newest where none is stated."""
        if how.api:
            return how.api
        provider, _, rest = how.type.partition("/")
        call = Call("Microsoft.Resources/providers", self.subscription, "Microsoft.Resources")
        ask = partial(self.session.versions, self.subscription, provider)
        known: Mapping[str, str] = self.collector.shared(provider, lambda: self.collector.ask(call, ask))
        version = known.get(rest.lower(), "")
        if not version:
            raise CallFailed("other", f"{provider} names no version of the API for {how.type}")
        return version

    def _told(self, failed: CallFailed) -> str:
        return f"{self.who} may not call it" if failed.meaning == "denied" else failed.because


def _workspaces_of_sentinel(found: Iterable[Thing]) -> Iterator[str]:
    """Yield the ids, in small letters, of workspaces on which the solution of Sentinel stands."""
    for each in found:
        if each.type == SOLUTIONS and each.id.lower().rpartition("/")[2].startswith("securityinsights("):
            yield str(each.body["properties"].get("workspaceResourceId", "")).lower()


def _can_have(thing: Thing, how: Way) -> bool:
    """Whether a thing may have what is asked for at each: keys, containers and the like have none of their own."""
    return how.how != "at each" or way(thing.type).how == "graph"


def _above(how: Way, needs: Needs) -> dict[str, Way]:
    """Return how what a type's resources are children of is asked for: they are asked for below it."""
    found: dict[str, Way] = {}
    while how.parent and how.how in ("list", "one", "each", "inside"):
        above = how.parent
        how = found[above] = way(needs.written(above))
    return found


def _kinds_without(type_: str) -> tuple[str, ...]:
    services = way(f"{type_}/blobServices")
    return services.without


def _why(gap: Gap) -> str:
    return f"{gap.call}: {gap.because}\n{gap.settle_with}"


def _token(page: Mapping[str, Any]) -> str:
    link = page.get("nextLink")
    return link if isinstance(link, str) else ""
