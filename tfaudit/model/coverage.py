"""What a live scan looked at and what it did not: regions or namespaces, calls, and how much of what is there."""

from __future__ import annotations

from msgspec import Struct


class Asked(Struct, frozen=True):
    """How often one call was wanted, and what came of it; `call` is `s3.get_bucket_policy`, or `list pods`.

    Each of the `wanted` was `answered`, `denied`, `failed`, or `left`: not made, since time was up, the scan was
    interrupted, or too many like it had failed. `because` is the first reason for those without an answer.
    """

    call: str
    wanted: int = 0
    answered: int = 0
    denied: int = 0
    failed: int = 0
    left: int = 0
    because: str = ""


class Population(Struct, frozen=True):
    """Of the things of one type that were listed, how many were seen `whole`: every call about them was answered."""

    type: str
    listed: int
    whole: int


class Coverage(Struct, frozen=True):
    """What a scan of `target` looked at.

    `looked_at` are its parts that were asked, called `parts` ("regions", "namespaces"), and `left_out` those that were
    not; `all_parts` says whether it is known that there are no more. `never` are sentences on what is never asked, and
    on what no policy asks of this system. `ended` says why the scan ended early, "" where it did not.
    """

    target: str
    observer: str
    parts: str
    looked_at: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    all_parts: bool = True
    asked: tuple[Asked, ...] = ()
    population: tuple[Population, ...] = ()
    never: tuple[str, ...] = ()
    ended: str = ""

    @property
    def services(self) -> tuple[str, ...]:
        """The services that were asked, by the first word of their calls: `s3`, `Microsoft.Sql`; not of `list pods`."""
        calls = [each.call for each in self.asked if "." in each.call and " " not in each.call]
        return tuple(sorted({each.partition("/" if "/" in each else ".")[0] for each in calls}))

    def total(self, what: str) -> int:
        """Return the sum over all calls of `wanted`, `answered`, `denied`, `failed` or `left`."""
        return sum(getattr(each, what) for each in self.asked)

    @property
    def listed(self) -> int:
        """How many things were listed."""
        return sum(each.listed for each in self.population)

    @property
    def whole(self) -> int:
        """How many of them were seen whole."""
        return sum(each.whole for each in self.population)
