"""Live Azure into resources: subscriptions of one or several tenants, each with a statement of what was looked at.

Resource Graph tells what there is, ARM what the graph lacks. What is denied or not answered is never silence: a type
that could not be listed becomes `Unread`, what could not be asked of one resource is unknown there, both with the
action of Azure's role-based access that is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.coverage import Coverage
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.live.azure.bodies import Links, Thing, resource
from tfaudit.sources.live.azure.collect import Gap, Plan, Run
from tfaudit.sources.live.azure.entra import Directory
from tfaudit.sources.live.azure.errors import unreachable
from tfaudit.sources.live.azure.session import AzureTarget, Session, credential
from tfaudit.sources.live.azure.subscriptions import Subscription, chosen
from tfaudit.sources.live.azure.types import ASSIGNMENTS
from tfaudit.sources.live.collector import Bounds, Collector
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfaudit.clock import Clock
    from tfaudit.services.needs_azure import Needs

_NAMED = 3
_REPEATED = ("roleassignments", "policyassignments")
_NEVER = (
    "what is inside of storage accounts, databases, queues and vaults: only how they are set up",
    "types of resources of which no policy in force speaks",
)


def connect(
    target: AzureTarget, clock: Clock | None = None, given: Any = None, transport: Any = None
) -> Azure:
    """Return what the sign-in opens; `UnreachableError` where there is none or nobody answers.

    `given` is a credential that goes instead of the one that is found, `transport` one of azure-core's instead of ours.
    """
    bounds = Bounds(threads=target.threads, call_seconds=target.call_seconds)
    collector = Collector(bounds, clock)
    try:
        inner = given or credential(target)
        sessions = [Session(target, inner, tenant, transport) for tenant in target.tenants or ("",)]
        found, unread = chosen(target, sessions, collector)
        signed_in = list(dict.fromkeys(each.session for each in found)) or sessions
        who = signed_in[0].observer()
        tenants = list(
            dict.fromkeys(each.own_tenant() for each in sessions if each.tenant or each in signed_in)
        )
    except CallFailed as failed:
        raise unreachable(failed) from failed
    azure = Azure(target, found, unread, clock, who, tenants[0])
    if target.entra:
        at = replace(target, endpoint=target.graph)
        azure.directories = [
            Directory(Session(at, inner, each, transport), each, who, bounds, clock) for each in tenants
        ]
    return azure


class Azure:
    """The subscriptions that are looked at. `observer` is who looks, as the token says."""

    def __init__(  # noqa: PLR0913 - what `connect` has found
        self,
        target: AzureTarget,
        subscriptions: list[Subscription],
        unread: list[Unread],
        clock: Clock | None,
        observer: str,
        tenant: str,
    ) -> None:
        """Take what `connect` has found."""
        self._target = target
        self._clock = clock
        self._unread = unread
        self._tenant = tenant
        self._coverage: list[Coverage] = []
        self.subscriptions = subscriptions
        self.directories: list[Directory] = []
        self.observer = observer

    @property
    def name(self) -> str:
        """What is looked at: a subscription, or the tenant or management group that several are of."""
        if len(self.subscriptions) == 1:
            return f"azure:{self.subscriptions[0].id}"
        if self._target.management_groups and not self._target.subscriptions:
            return f"azure:{'+'.join(self._target.management_groups)}"
        return f"azure:{'+'.join(self._target.tenants) or self._tenant}"

    def collect(self, needs: Needs, of_directory: Iterable[str] = ()) -> Iterator[Resource | Unread]:
        """Yield what the subscriptions have of what is needed, one by one; what could not be read comes last."""
        yield from self._unread
        of_directories = [each for one in self.directories for each in one.collect(of_directory)]
        gaps: dict[tuple[str, str, str], list[tuple[Gap, str]]] = {}
        seen: set[str] = set()
        for each in self.subscriptions:
            for found in self._collected(each, needs):
                if isinstance(found, Resource):
                    yield _once(found, seen)
                else:
                    key = (found.call, found.because, found.settle_with)
                    gaps.setdefault(key, []).append((found, each.id))
        for alike in gaps.values():
            yield _unread(alike)
        yield from of_directories

    def _collected(self, one: Subscription, needs: Needs) -> Iterator[Resource | Gap]:
        bounds = Bounds(threads=self._target.threads, call_seconds=self._target.call_seconds)
        collector = Collector(bounds, self._clock)
        plan = Plan.of(needs)
        run = Run(one.session, collector, one.id, plan, self.observer)
        things: list[Thing] = []
        for found in run.collected():
            if isinstance(found, Gap):
                yield found
            else:
                things.append(found)
        self._coverage.append(self._covered(one, collector, plan))
        links = Links(things, one.id)
        context = {"subscription": one.id, "tenant": one.tenant}
        for thing in things:
            holder = self._holder(thing) if thing.type == ASSIGNMENTS else ""
            own = {**context, "holder": holder} if holder else context
            yield resource(thing, links, one.id, own)

    def _holder(self, thing: Thing) -> str:
        """Return what the user is who holds a role, `member` or `guest`; "" where a directory does not tell."""
        holder = str(thing.body["properties"].get("principalId")).lower()
        return next((each.users[holder] for each in self.directories if holder in each.users), "")

    def _covered(self, one: Subscription, collector: Collector, plan: Plan) -> Coverage:
        return Coverage(
            target=f"azure:{one.id}",
            observer=self.observer,
            parts="providers",
            looked_at=tuple(sorted({each.type.partition("/")[0] for each in plan.ways.values()})),
            asked=collector.tally.asked,
            population=collector.tally.population,
            never=_NEVER,
            ended=collector.clock.stopped or collector.ended,
        )

    def coverage(self) -> tuple[Coverage, ...]:
        """Return what has been looked at so far, for each subscription."""
        return (*self._coverage, *(each.coverage() for each in self.directories))


def _once(found: Resource, seen: set[str]) -> Resource:
    """Return a resource; one from above its subscription that another one has told of before is marked as `repeated`.

    It still counts among what holds for its subscription, and makes no second asset.
    """
    address = found.address.lower()
    if address.startswith(f"/subscriptions/{found.context['subscription']}".lower()):
        return found
    if address not in seen or not found.type.endswith(_REPEATED):
        seen.add(address)
        return found
    return replace(found, context={**found.context, "repeated": "yes"})


def _unread(alike: list[tuple[Gap, str]]) -> Unread:
    """Return the one record of what failed alike, of several things or in several subscriptions."""
    first = alike[0][0]
    because = first.because
    if first.of:
        because += f", of {_some([gap.of.rpartition('/')[2] for gap, _ in alike], 'more')}"
    where = list(dict.fromkeys(subscription for _, subscription in alike))
    return Unread(Place(f"{first.call} {_some(where, 'more subscriptions')}"), because, first.settle_with)


def _some(words: Iterable[str], rest: str) -> str:
    every = list(words)
    more = f" and {len(every) - _NAMED:,} {rest}" if len(every) > _NAMED else ""
    return ", ".join(every[:_NAMED]) + more
