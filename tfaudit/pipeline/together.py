"""Makes the assets of many resources and judges them in two processes: this one from the front, a copy from the back.

What is left is taken piece by piece by whoever is done with the last, until both meet. The copy sends the verdicts
written down. Where it fails, or services have more to say than can be written down, this process does its pieces too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct, field

from tfaudit.analysis import computes
from tfaudit.copies import Copy, Left, possible
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.verdicts import Verdict
from tfaudit.policies import remembered
from tfaudit.policies.evaluate import judge
from tfaudit.policies.load import PolicySet
from tfaudit.services.registry import Again, Makers, Registry, makers

WORTH_IT = 2_000
"""Of so many resources the assets take longer to make and to judge than a process takes to copy."""

_AT_ONCE = 200
"""How many resources are taken at a time: few enough that nobody waits for the last piece of the other."""

Pass: TypeAlias = Callable[[Sequence[Makers]], Iterator[Makers]]
Piece: TypeAlias = list[Makers]


class Judged(Struct):
    """What resources came to; in it stays what was judged before time ran out."""

    assets: list[Asset] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def worth_it(resources: Sequence[Resource], policies: PolicySet, jobs: int) -> bool:
    """Whether two processes are sooner done, where there may be `jobs` of them, 0 for one a processor."""
    return len(resources) >= WORTH_IT and possible(jobs) and not computes(policies.settings)


def judged(
    resources: Sequence[Resource], registry: Registry, policies: PolicySet, passed_on: Pass, found: Judged
) -> None:
    """Put into `found` the assets of `resources` in their order, what could not be read, and the verdicts.

    `passed_on` sees what this process does of it.
    """
    made = list(makers(resources, registry, policies.kinds))
    services = {id(each.services): each.services for each in made}
    for kind in {kind for some in services.values() for each in some for kind in each.KINDS}:
        policies.of_kind(kind)  # compiled once, for both
    pieces = _pieces(made)
    alone = [number for number, piece in enumerate(pieces) if piece[0].beside]
    shared = [number for number, piece in enumerate(pieces) if not piece[0].beside]
    left = Left(len(shared))

    def work() -> Iterator[bytes]:
        numbers = remembered.numbered(resources)
        done = [_written(pieces[number], numbers, policies) for number in left.taken(reversed(shared))]
        yield from reversed(done)

    done: dict[int, Judged] = {}
    with Copy(work) as copy:
        try:
            for number in left.taken(shared):
                done[number] = Judged()
                _judge(passed_on(pieces[number]), policies, done[number])
            rest = shared[len(done) :]
            sent = _received(copy)
            again = Again(resources, registry, policies.kinds)
            for number, content in zip(rest, sent if len(sent) == len(rest) else (), strict=False):
                recalled = remembered.recollected(content, resources, policies, again) if content else None
                if recalled is not None:
                    done[number] = Judged(recalled[0], [], recalled[1])
            for number in (*rest, *alone):
                if number not in done:
                    done[number] = Judged()
                    _judge(passed_on(pieces[number]), policies, done[number])
        finally:
            left.close()
            for _, piece in sorted(done.items()):
                found.assets += piece.assets
                found.unread += piece.unread
                found.verdicts += piece.verdicts


def _pieces(made: list[Makers]) -> list[Piece]:
    """Return what is done at once; what stands beside other resources is apart, for it cannot be written down."""
    return [
        members[start : start + _AT_ONCE]
        for _, group in groupby(made, key=lambda each: each.beside)
        for members in [list(group)]
        for start in range(0, len(members), _AT_ONCE)
    ]


def _judge(piece: Iterable[Makers], policies: PolicySet, found: Judged) -> None:
    """Put into `found` what the services make of a piece, and the verdicts: what is done stays where time runs out."""
    for each in piece:
        assets: list[Asset] = []
        for made in each.assets():
            if isinstance(made, Asset):
                assets.append(made)
            else:
                found.unread.append(made)
        found.assets += assets
        found.verdicts.extend(judge(assets, policies.of_kind))


def _written(piece: Piece, numbers: Mapping[int, int], policies: PolicySet) -> bytes:
    """Return what a piece came to, b"" where that cannot be written down."""
    found = Judged()
    _judge(piece, policies, found)
    if found.unread:
        return b""
    return remembered.written(found.assets, numbers, found.verdicts, whole=True)


def _received(copy: Copy) -> list[bytes]:
    try:
        return list(copy.results())
    except EOFError:
        return []
