"""Rules that deny the same but for their ports: which of these ports one rule, by its number, finds closed.

Thousands of rules that allow are held against thousands that deny. So the ports are cut where a range begins or ends,
and each cut has the rule that is tried first of those that are about it.
"""

from __future__ import annotations

from bisect import bisect_left
from heapq import heappop, heappush
from itertools import pairwise

from tfaudit.reading.view import View


class Denials:
    """Rules for one protocol, one list of sources and one of destinations, of which `like` is one."""

    __slots__ = ("_cuts", "_ends", "like", "protocol")

    def __init__(self, protocol: str, parts: list[tuple[int, int, int, View]]) -> None:
        """Take the ranges of ports of each rule, with its number; there is at least one."""
        self.protocol = protocol
        self.like = parts[0][3]
        self._cuts = _cut(parts)
        self._ends = [each[1] for each in self._cuts]

    def closed(self, span: tuple[int, int], number: int | None) -> list[tuple[int, int, View]]:
        """Return what of the ports in `span` a rule before `number`, None for any, is about, with that rule."""
        found: list[tuple[int, int, View]] = []
        for at in range(bisect_left(self._ends, span[0]), len(self._cuts)):
            low, high, first, view = self._cuts[at]
            if low > span[1]:
                break
            if number is None or first < number:
                found.append((low, high, view))
        return found


def _cut(parts: list[tuple[int, int, int, View]]) -> list[tuple[int, int, int, View]]:
    """Return the ranges cut so that none overlaps another, each with the rule of the lowest number."""
    starting = sorted(range(len(parts)), key=lambda at: parts[at][0])
    edges = sorted({edge for low, high, _, _ in parts for edge in (low, high + 1)})
    found: list[tuple[int, int, int, View]] = []
    open_: list[tuple[int, int]] = []
    begun = 0
    for low, end in pairwise(edges):
        while begun < len(starting) and parts[starting[begun]][0] <= low:
            heappush(open_, (parts[starting[begun]][2], starting[begun]))
            begun += 1
        while open_ and parts[open_[0][1]][1] < low:
            heappop(open_)
        if open_:
            number, at = open_[0]
            found.append((low, end - 1, number, parts[at][3]))
    return found
