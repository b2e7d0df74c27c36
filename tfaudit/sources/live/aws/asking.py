"""Single calls to an account, each within the collector's bounds: a whole answer, or what stands at a path of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from tfaudit.sources.live.aws.bodies import dig
from tfaudit.sources.live.aws.errors import not_aws
from tfaudit.sources.live.aws.session import Session, token_of
from tfaudit.sources.live.collector import Call, Collector

if TYPE_CHECKING:
    from tfaudit.model.calls import Detail, Listing
    from tfaudit.sources.live.failures import CallFailed


class Gap(Struct, frozen=True):
    """A call that gave no answer: of a list, or where `of` is named of one thing in it."""

    call: str
    at: str
    because: str
    settle_with: str
    of: str = ""


class Asking:
    """The means to ask one account. Everything raises `CallFailed` where there is no answer."""

    def __init__(self, session: Session, collector: Collector) -> None:
        """Ask by `session`, in the bounds of `collector`."""
        self._session = session
        self._collector = collector

    def pages(
        self, client: str, operation: str, region: str, given: Mapping[str, Any], absent: Iterable[str] = ()
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the pages of an answer; `absent` codes are answers, too, and raised all the same."""
        call = Call(f"{client}.{operation}", region, f"{client} {region}")
        pages = self._session.pages(client, operation, region, given)
        return self._collector.pages(call, pages, token_of, absent=absent)

    def whole(
        self, client: str, operation: str, region: str, given: Mapping[str, Any], absent: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Return the whole answer of `operation`, the lists of all its pages joined."""
        whole: dict[str, Any] = {}
        for page in self.pages(client, operation, region, given, absent):
            for name, value in page.items():
                if isinstance(value, list) and isinstance(whole.get(name), list):
                    whole[name].extend(value)
                else:
                    whole[name] = value
        return whole

    def at(self, client: str, region: str, given: Mapping[str, Any], detail: Detail) -> Any:
        """Return what `detail` wants of an answer: what stands at its `items`, a list from all pages; else all."""
        if not detail.items:
            return self.whole(client, detail.operation, region, given, detail.absent)
        first = detail.items.partition(".")[0]
        found: Any = None
        for page in self.pages(client, detail.operation, region, given, detail.absent):
            value = dig(page if detail.left_out else _with(page, (first,)), detail.items)
            if isinstance(value, list) and isinstance(found, list):
                found.extend(value)
            elif value is not None:
                found = value
        return found

    def means(self, client: str, region: str, absent: Iterable[str] = ()) -> Callable[..., Mapping[str, Any]]:
        """Return the means to call that a service's own function gets."""
        return lambda operation, **given: self.whole(client, operation, region, given, absent)


def items(page: Mapping[str, Any], listing: Listing) -> list[Any]:
    """Return the items in one page of a list; `CallFailed` where it has not even an empty list of them."""
    first = listing.items.partition(".")[0]
    listed = dig(page if listing.left_out else _with(page, (first,)), listing.items)
    return listed if isinstance(listed, list) else [] if listed is None else [listed]


def origin(listing: Listing, region: str) -> str:
    """Return which call tells of an item, and where it was asked: `s3.list_buckets eu-west-1`."""
    where = region if listing.per_region or listing.region_at else "global"
    return f"{listing.client}.{listing.operation} {where}"


def _with(answer: Any, members: Iterable[str]) -> Any:
    """Return `answer`, which must have `members`: without one that the API always sends it is not the API's."""
    for each in members:
        if each not in answer:
            raise not_aws("the endpoint", f"it has no {each}")
    return answer


class Account(Protocol):
    """What asking needs of an account: it is a `tfaudit.sources.live.aws.Account`."""

    session: Session
    collector: Collector
    asking: Asking
    id: str
    partition: str
    principal: str

    @property
    def home(self) -> str:
        """The region that answers for the whole account."""

    def why(self, failed: CallFailed) -> str:
        """Return why a call failed, as a sentence."""
