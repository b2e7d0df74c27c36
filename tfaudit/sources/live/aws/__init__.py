"""A live AWS account into resources: the listings and details that services state as data, called side by side.

What the account denies or does not answer is never silence: a listing becomes `Unread`, a detail `Unresolved` in the
item's body, both with the permission that is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.coverage import Coverage
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.live.aws.asking import Asking, Gap
from tfaudit.sources.live.aws.collect import collected
from tfaudit.sources.live.aws.errors import not_aws, unreachable
from tfaudit.sources.live.aws.session import Session, Target
from tfaudit.sources.live.collector import Bounds, Call, Collector
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfaudit.clock import Clock
    from tfaudit.model.calls import Listing

_NAMED = 3
_NEVER = (
    "what is inside of buckets, databases, queues and secrets: only how they are set up",
    "services of which no policy in force speaks",
)
_HOME = {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}


def connect(target: Target, clock: Clock | None = None, session: Session | None = None) -> Account:
    """Return the account that the credentials open; `UnreachableError` where they open none or nobody answers.

    A `session` that is given was made before, for the same target.
    """
    bounds = Bounds(threads=target.threads, call_seconds=target.call_seconds)
    collector = Collector(bounds, clock)
    try:
        session = session or Session(target)
        region = session.region
        call = Call("sts.get_caller_identity", region)
        identity = collector.ask(call, lambda: session.identity(region))
    except CallFailed as failed:
        raise unreachable(failed) from failed
    return Account(session, collector, identity)


class Account:
    """An account that answers. `principal` is who looks at it, `role/audit`; `id` its number."""

    def __init__(self, session: Session, collector: Collector, identity: Mapping[str, Any]) -> None:
        """Take what `connect` has found."""
        self.session = session
        self.collector = collector
        self.asking = Asking(session, collector)
        self.id = str(identity["Account"])
        arn = self.arn = str(identity["Arn"])
        self.partition = [*arn.split(":"), "", ""][1] or "aws"
        words = arn.rpartition(":")[2].split("/")
        self.principal = (
            f"role/{words[1]}" if words[0] == "assumed-role" and len(words) > 1 else "/".join(words)
        )
        self._region = session.region
        self._looked_at: list[str] = []
        self._enabled: frozenset[str] | None = None

    def regions(self) -> tuple[list[str], Unread | None]:
        """Return the regions to look at: those asked for, else all that are enabled; and why these are not known."""
        named = list(dict.fromkeys(self.session.target.regions))
        try:
            stated = self._told()
            self._enabled = frozenset(name for name, enabled in stated.items() if enabled)
            self._check(named, stated)
            return named or sorted(self._enabled), None
        except CallFailed as failed:
            if named:  # boto3 may be older than a region that it does not know
                return named, None
            because = f"{self.why(failed)}; only {self._region} is looked at"
            place = Place(f"ec2.describe_regions {self._region}")
            return [self._region], Unread(
                place, because, "grant ec2:DescribeRegions, or name regions with --region"
            )

    def _told(self) -> dict[str, bool]:
        """Return every region of the partition, and whether it is enabled for the account."""
        given = {"AllRegions": True}
        ask = self.collector.start(self.asking.whole, "ec2", "describe_regions", self._region, given)
        listed = self.collector.result(ask).get("Regions")
        if not listed:
            raise not_aws("the endpoint", "it has no Regions")
        return {str(each["RegionName"]): each.get("OptInStatus") != "not-opted-in" for each in listed}

    def _check(self, regions: list[str], stated: Mapping[str, bool]) -> None:
        """Raise `UsageError` for a region that neither boto3 nor the account knows."""
        known = {*self.session.known_regions("ec2", self.partition), *stated}
        for region in regions:
            if region not in known:
                raise UsageError(f'--region: AWS has no region "{region}"{did_you_mean(region, known)}')

    def collect(self, listings: Iterable[Listing]) -> Iterator[Resource | Unread]:
        """Yield what `listings` list, in their order, region by region. Only the named calls are made.

        What cannot be listed comes last, one `Unread` for all regions that fail alike.
        """
        regions, unknown = self.regions()
        self._looked_at = regions
        if unknown is not None:
            yield unknown
        gaps: dict[tuple[str, str, str], list[Gap]] = {}
        for found in collected(self, listings, regions):
            if isinstance(found, Gap):
                gaps.setdefault((found.call, found.because, found.settle_with), []).append(found)
            else:
                yield found
        for alike in gaps.values():
            yield _unread(alike)

    def coverage(self) -> Coverage:
        """Return what has been looked at so far."""
        tally, enabled = self.collector.tally, self._enabled
        return Coverage(
            target=f"aws:{self.id}",
            observer=self.arn,
            parts="regions",
            looked_at=tuple(self._looked_at),
            left_out=tuple(sorted((enabled or frozenset()).difference(self._looked_at))),
            all_parts=enabled is not None,
            asked=tally.asked,
            population=tally.population,
            never=_NEVER,
            ended=self.collector.clock.stopped or self.collector.ended,
        )

    @property
    def home(self) -> str:
        """The region that answers for the whole account."""
        return _HOME.get(self.partition, self._region)

    def why(self, failed: CallFailed) -> str:
        """Return why a call failed, as a sentence."""
        return f"{self.principal} may not call it" if failed.meaning == "denied" else failed.because


def _unread(gaps: list[Gap]) -> Unread:
    """Return the one record of calls that failed alike, in several regions or of several things."""
    where = list(dict.fromkeys(each.at for each in gaps))
    first = gaps[0]
    because = first.because
    if first.of:
        because += f", of {_some([each.of for each in gaps], 'more')}"
    return Unread(Place(f"{first.call} {_some(where, 'more regions')}"), because, first.settle_with)


def _some(words: list[str], rest: str) -> str:
    more = f" and {len(words) - _NAMED:,} {rest}" if len(words) > _NAMED else ""
    return ", ".join(words[:_NAMED]) + more
