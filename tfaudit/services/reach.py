"""How far the internet gets: port ranges, and what filters in a row let through of them, in three values.

A filter is a list of steps, tried in order: the first that fits a port decides on it, and what none fits is closed. A
step of which it is not known whether it fits, or what it does, leaves open what comes after it. Every provider whose
rules have an order, and a first one that fits, is judged by this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Path, Resource
from tfaudit.model.settings import Unknown
from tfaudit.services.open_ports import ADMIN_PORTS

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Port ranges, ends included, in order and apart from each other."""

EVERY: Ranges = ((0, 65_535),)
PROTOCOLS = ("tcp", "udp")


class Step(Struct, frozen=True):
    """A rule of a filter, for one protocol.

    `lets` is whether it lets in, `fits` whether it is about this traffic at all; None where that is not known, for the
    reason `why`. `ports` None are ports that are not known.
    """

    name: str
    resource: Resource
    path: Path
    lets: bool | None
    fits: bool | None
    ports: Ranges | None
    why: Unknown | None = None


class Passed(Struct, frozen=True):
    """What gets through: surely, by the steps `by`; and perhaps, for the reason `why`."""

    sure: Ranges = ()
    perhaps: Ranges = ()
    by: tuple[Step, ...] = ()
    why: Unknown | None = None


def ranges(parts: Iterable[tuple[int, int]]) -> Ranges:
    """Return ranges in order, joined where they touch; empty ones are left out."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(each for each in parts if each[0] <= each[1]):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def common(one: Ranges, other: Ranges) -> Ranges:
    """Return the ports that are in both."""
    return ranges((max(low, start), min(high, end)) for low, high in one for start, end in other)


def less(one: Ranges, other: Ranges) -> Ranges:
    """Return the ports of `one` that are not in `other`."""
    left = list(one)
    for start, end in other:
        left = [
            part
            for low, high in left
            for part in ((low, min(high, start - 1)), (max(low, end + 1), high))
            if part[0] <= part[1]
        ]
    return ranges(left)


def filtered(wanted: Ranges, steps: Sequence[Step]) -> Passed:
    """Return what of the ports `wanted` the steps, tried in order, let through."""
    left = wanted
    doubtful: Ranges = ()
    sure: Ranges = ()
    perhaps: Ranges = ()
    by: list[Step] = []
    why: Unknown | None = None
    for step in steps:
        if step.fits is False or not left:
            continue
        hit = common(left, EVERY if step.ports is None else step.ports)
        if not hit:
            continue
        if step.fits and step.ports is not None and step.lets is not None:
            left = less(left, hit)
            if step.lets:
                sure = ranges([*sure, *less(hit, doubtful)])
                perhaps = ranges([*perhaps, *common(hit, doubtful)])
                by.append(step)
            continue
        why = why or step.why
        if step.lets is not False:
            perhaps = ranges([*perhaps, *hit])
        if step.lets is not True:
            doubtful = ranges([*doubtful, *hit])
    return Passed(sure, less(perhaps, sure), tuple(by), why)


def through_both(one: Passed, other: Passed) -> Passed:
    """Return what two filters in a row let through."""
    sure = common(one.sure, other.sure)
    perhaps = common(ranges([*one.sure, *one.perhaps]), ranges([*other.sure, *other.perhaps]))
    return Passed(sure, less(perhaps, sure), (*one.by, *other.by), one.why or other.why)


def by_any(parts: Sequence[Passed]) -> Passed:
    """Return what gets through from any of several parts of where it comes from."""
    sure = ranges(each for part in parts for each in part.sure)
    perhaps = ranges(each for part in parts for each in part.perhaps)
    steps = {each.name: each for part in parts if part.sure for each in part.by}
    why = next((part.why for part in parts if part.why is not None), None)
    return Passed(sure, less(perhaps, sure), tuple(steps.values()), why)


def shown(protocol: str, ports: Ranges) -> list[str]:
    """Return ports as policies and reports have them: "22", "8000-8100", "all", "udp 53"."""
    mark = "" if protocol == "tcp" else f"{protocol} "
    return [f"{mark}{_text(low, high)}" for low, high in ports]


def _text(low: int, high: int) -> str:
    if low <= 1 and high >= 65_535:
        return "all"
    return str(low) if low == high else f"{low}-{high}"


def of_administration(ports: Ranges) -> list[int]:
    """Return the ports of administration among `ports`."""
    return [port for port in ADMIN_PORTS if any(low <= port <= high for low, high in ports)]
