"""Code frames: a place in a scanned file, as the few lines around it with the exact part marked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tfaudit.foreign import visible
from tfaudit.reports.source_lines import redacted_lines

if TYPE_CHECKING:
    from tfaudit.resources import Place
    from tfaudit.verdicts import Verdict

FILE_BYTES = 5_000_000
WIDTH = 140
_KEPT_FILES = 64


@dataclass(slots=True, frozen=True)
class Frame:
    """Lines of a file. `lines` are number and text; `start` and `end` are columns (from 0) in line `focus`."""

    origin: str
    lines: tuple[tuple[int, str], ...]
    focus: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """The marked line."""
        return next(text for number, text in self.lines if number == self.focus)


class Quotes:
    """Reads frames from files inside one folder; anything else has no frame."""

    def __init__(self, root: str) -> None:
        """Quote files below `root`; "" quotes nothing (a live scan)."""
        self._root = Path(root).resolve() if root else None
        self._files: dict[tuple[str, bool], list[str]] = {}
        self._source: dict[str, list[str]] = {}

    def frame(self, verdict: Verdict, around: int = 1) -> Frame | None:
        """Return the lines around a verdict's first place; None where it is in no file that may be quoted."""
        place = verdict.places[0]
        if not place.line:
            return None
        lines = self.lines(place.origin, is_secret(verdict))
        if place.line > len(lines):
            return None
        first = max(1, place.line - around)
        last = min(len(lines), place.line + around)
        is_head = place.line == verdict.asset.place.line or not lines[first - 1].strip()
        if is_head and place.line < len(lines):
            # The head of a block: what stands in it tells more than what stands before it.
            first, last = place.line, min(len(lines), place.line + 2 * around)
        shown = tuple((number, _cut(lines[number - 1])) for number in range(first, last + 1))
        start, end = _span(_cut(lines[place.line - 1]), place)
        return Frame(place.origin, shown, place.line, start, end)

    def lines(self, origin: str, secret: bool = False) -> list[str]:
        """Return the redacted lines of a file; [] for one that is outside, too large, or gone."""
        cached = self._files.get((origin, secret))
        if cached is None:
            if len(self._files) >= _KEPT_FILES:
                self._files.clear()
            cached = redacted_lines(self._source_lines(origin), every_value=secret)
            self._files[origin, secret] = cached
        return cached

    def source_line(self, origin: str, number: int) -> str:
        """Return a line as it is, to be measured and never shown; "" where there is none."""
        lines = self._source_lines(origin)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _source_lines(self, origin: str) -> list[str]:
        lines = self._source.get(origin)
        if lines is None:
            if len(self._source) >= _KEPT_FILES:
                self._source.clear()
            lines = self._source[origin] = [each.rstrip("\r") for each in self._read(origin).split("\n")]
        return lines

    def _read(self, origin: str) -> str:
        if self._root is None:
            return ""
        path = self._root / origin
        try:
            real = path.resolve()
            if not real.is_relative_to(self._root) or not real.is_file() or real.stat().st_size > FILE_BYTES:
                return ""
            return real.read_text("utf-8", errors="replace")
        except (OSError, ValueError):
            return ""


def is_secret(verdict: Verdict) -> bool:
    """Whether a verdict's asset is itself a secret, so that no value of its source may be shown."""
    return verdict.asset.kind == "secret"


def _cut(line: str) -> str:
    line = visible(line.rstrip())
    return line if len(line) <= WIDTH else line[: WIDTH - 3] + "..."


def _span(line: str, place: Place) -> tuple[int, int]:
    indent = len(line) - len(line.lstrip())
    start = place.column - 1 if indent < place.column <= len(line) else indent
    end = len(line)
    for mark in (" #", " //"):
        at = line.find(mark, start)
        if at > start:
            end = min(end, at)
    return start, max(start + 1, len(line[:end].rstrip()))
