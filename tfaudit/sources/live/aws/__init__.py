"""A live AWS account into resources: the listings and details that services state as data, called side by side.

What the account denies or does not answer is never silence: a listing becomes `Unread`, a detail `Unresolved` in the
item's body, both with the permission that is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.live.aws.asking import Asking, Gap
from tfaudit.sources.live.aws.collect import collected
from tfaudit.sources.live.aws.errors import unreachable
from tfaudit.sources.live.aws.session import Session, Target
from tfaudit.sources.live.collector import Bounds, Call, Collector
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfaudit.clock import Clock
    from tfaudit.model.calls import Listing

_NAMED = 3
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
        identity = collector.ask(Call("sts.get_caller_identity", region), lambda: session.identity(region))
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

    def regions(self) -> tuple[list[str], Unread | None]:
        """Return the regions to look at: those asked for, else all that are enabled; and why these are not known."""
        if self.session.target.regions:
            return self._named(list(dict.fromkeys(self.session.target.regions))), None
        try:
            answer = self.asking.whole("ec2", "describe_regions", self._region, {})
            return sorted(str(each["RegionName"]) for each in answer.get("Regions", [])), None
        except CallFailed as failed:
            because = f"{self.why(failed)}; only {self._region} is looked at"
            place = Place(f"ec2.describe_regions {self._region}")
            return [self._region], Unread(
                place, because, "grant ec2:DescribeRegions, or name regions with --region"
            )

    def _named(self, regions: list[str]) -> list[str]:
        """Return `regions`; `UsageError` for one that neither boto3 nor the account knows."""
        known = set(self.session.known_regions("ec2", self.partition))
        if not known.issuperset(regions):
            try:  # boto3 may be older than the region
                answer = self.asking.whole("ec2", "describe_regions", self._region, {"AllRegions": True})
            except CallFailed:
                return regions
            known |= {str(each["RegionName"]) for each in answer.get("Regions", [])}
        for region in regions:
            if region not in known:
                raise UsageError(f'--region: AWS has no region "{region}"{did_you_mean(region, known)}')
        return regions

    def collect(self, listings: Iterable[Listing]) -> Iterator[Resource | Unread]:
        """Yield what `listings` list, in their order, region by region. Only the named calls are made.

        What cannot be listed comes last, one `Unread` for all regions that fail alike.
        """
        regions, unknown = self.regions()
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
