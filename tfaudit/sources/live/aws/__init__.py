"""A live AWS account into resources: the listings and details that services state as data, called side by side.

What the account denies or does not answer is never silence: a listing becomes `Unread`, a detail `Unresolved` in the
item's body, both with the permission that is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.live.aws.collect import collected
from tfaudit.sources.live.aws.errors import CallFailed, unreachable
from tfaudit.sources.live.aws.session import Session, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfaudit.model.calls import Listing

_HOME = {"aws": "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}


def connect(target: Target) -> Account:
    """Return the account that the credentials open; `UnreachableError` where they open none or nobody answers."""
    try:
        session = Session(target)
        identity = session.identity(session.region)
    except CallFailed as failed:
        raise unreachable(failed) from failed
    return Account(session, str(identity.get("Account", "")), str(identity.get("Arn", "")))


class Account:
    """An account that answers. `principal` is who looks at it, `role/audit`; `id` its number."""

    def __init__(self, session: Session, number: str, arn: str) -> None:
        """Take what `connect` has found."""
        self.session = session
        self.id = number
        self.arn = arn
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
            answer = self.session.call("ec2", "describe_regions", self._region, {})
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
                answer = self.session.call("ec2", "describe_regions", self._region, {"AllRegions": True})
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
        gaps: dict[tuple[str, str, str], list[str]] = {}
        for found in collected(self, listings, regions):
            if isinstance(found, Unread):
                call, _, region = found.place.origin.partition(" ")
                gaps.setdefault((call, found.because, found.settle_with), []).append(region)
            else:
                yield found
        for (call, because, settle_with), where in gaps.items():
            more = f" and {len(where) - 3} more regions" if len(where) > 3 else ""
            yield Unread(Place(f"{call} {', '.join(where[:3])}{more}"), because, settle_with)

    @property
    def home(self) -> str:
        """The region that answers for the whole account."""
        return _HOME.get(self.partition, self._region)

    def why(self, failed: CallFailed) -> str:
        """Return why a call failed, as a sentence."""
        return f"{self.principal} may not call it" if failed.meaning == "denied" else failed.because
