"""Quotes of the worst findings, made by an idle worker process while this one still judges.

Making them is most of what a text report takes. What is asked for is bounded, since it comes through a pipe that
nobody reads meanwhile; a report makes what is not there, or not the same any more, itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import astuple

from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.reports import findings
from tfaudit.reports.frames import Frame, Quotes, Spot, spot

MOST = 80
"""How many frames are asked for: with lines of the greatest width they fit in a pipe."""


class Ahead:
    """Asks for the frames that a text report will show, as far as what has been judged tells."""

    def __init__(
        self,
        limit: int,
        ask: Callable[[tuple[str, str], Sequence[Any]], bool],
        answers: Callable[[], Iterable[Any]],
    ) -> None:
        """Expect a report of `limit` findings; `ask` a worker for items of a function's, and get the `answers`."""
        self._limit = limit
        self._ask = ask
        self._answers = answers
        self._worst: list[Verdict] = []
        self._asked: list[Spot] = []

    def judged(self, root: str, digests: Mapping[str, str], verdicts: Iterable[Verdict]) -> None:
        """Ask for what is among the worst findings so far, of files below `root` with these digests."""
        self._worst, _ = findings.worst([*self._worst, *verdicts], Outcome.FAIL, self._limit)
        fresh: dict[Spot, None] = {}
        for each in self._worst:
            place = spot(each)
            if place is not None and place.origin in digests:
                fresh[place] = None
        new = [each for each in fresh if each not in self._asked][: MOST - len(self._asked)]
        items = [(root, digests[each.origin], *astuple(each)) for each in new]
        if items and self._ask((__name__, "made"), items):
            self._asked += new

    def frames(self) -> dict[Spot, Frame]:
        """Return the frames that were asked for and could be made."""
        found: dict[Spot, Frame] = {}
        for place, data in zip(self._asked, self._answers() if self._asked else (), strict=False):
            if data is not None:
                found[place] = Frame(*data)
        return found


def made(item: Sequence[Any]) -> tuple[Any, ...] | None:
    """Return the parts of the frame of an item that `Ahead` has asked for; None where there is none."""
    root, digest, *parts = item
    place = Spot(*parts)
    frame = _quotes(root, place.origin, digest).of(place)
    return None if frame is None else astuple(frame)


@lru_cache(maxsize=64)
def _quotes(root: str, origin: str, digest: str) -> Quotes:
    return Quotes(root, {origin: digest})
