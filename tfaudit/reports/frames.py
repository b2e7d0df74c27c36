"""Code frames: a place in a scanned file, as the few lines around it with the exact part marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.foreign import visible
from tfaudit.model.digests import digest
from tfaudit.reports.source_files import File
from tfaudit.reports.source_lines import Line

if TYPE_CHECKING:
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Verdict

FILE_BYTES = 5_000_000
WIDTH = 140
_KEPT_FILES = 64


class Frame(Struct, frozen=True):
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


class Spot(Struct, frozen=True):
    """What a frame is made of: a place in a file, the line of the asset it is about, and the blocks that it may be in.

    `blocks` are first and last lines, the one to look in first at the beginning; `secret` says that the asset is one.
    """

    origin: str
    line: int
    column: int
    around: int
    head: int
    secret: bool
    blocks: tuple[tuple[int, int], ...]


def spot(verdict: Verdict, around: int = 1) -> Spot | None:
    """Return where a verdict's first place is; None for one that is on no line."""
    place = verdict.places[0]
    if not place.line:
        return None
    own = (verdict.asset.resource, verdict.resource)
    blocks = [(each.place.line, each.last_line) for each in own if each.place.origin == place.origin]
    head, secret = verdict.asset.place.line, is_secret(verdict)
    return Spot(place.origin, place.line, place.column, around, head, secret, tuple(dict.fromkeys(blocks)))


NONE_AHEAD: Mapping[Spot, Frame] = MappingProxyType({})


class Quotes:
    """Reads frames from files inside one folder, as they were judged; anything else has no frame.

    Of a file that is not what was judged any more nothing is quoted; `noted` says so.
    """

    def __init__(
        self, root: str, digests: Mapping[str, str], ahead: Mapping[Spot, Frame] = NONE_AHEAD
    ) -> None:
        """Quote files below `root` that have the `digests` by which they were judged; of a live scan there is none.

        What is in `ahead` has been made from the same files before.
        """
        self._root = Path(root).resolve() if root else None
        self._digests = digests
        self._ahead = ahead
        self._files: dict[str, File] = {}
        self._changed: dict[str, None] = {}

    def noted(self, result: ScanResult) -> ScanResult:
        """Return `result` with a note for each file of which something was to be quoted and which has changed."""
        says = "has changed since it was judged, or while it was: nothing of it is quoted"
        notes = tuple(f"{origin} {says}" for origin in self._changed)
        return replace(result, notes=(*result.notes, *notes)) if notes else result

    def frame(self, verdict: Verdict, around: int = 1) -> Frame | None:
        """Return the lines around a verdict's first place; None where it is in no file that may be quoted."""
        place = spot(verdict, around)
        if place is None:
            return None
        return self._ahead.get(place) or self.of(place)

    def of(self, place: Spot) -> Frame | None:
        """Return the lines around a place; None where it is in no file that may be quoted."""
        file = self._file(place.origin)
        if place.line > len(file.lines):
            return None
        top, bottom, line = self._lines(file, place)
        if line(place.line) is None:
            return None
        around = place.around
        first = max(top, place.line - around)
        last = min(bottom, place.line + around)
        is_head = place.line == place.head or not file.lines[first - 1].strip()
        if is_head and place.line < bottom:
            # The head of a block: what stands in it tells more than what stands before it.
            first, last = place.line, min(bottom, place.line + 2 * around)
        found = {number: line(number) for number in range(first, last + 1)}
        shown = [(number, line) for number, line in found.items() if line is not None]
        start, end = _span(found[place.line] or Line(""), place)
        return Frame(
            place.origin, tuple((number, _cut(line.text)) for number, line in shown), place.line, start, end
        )

    def _lines(self, file: File, place: Spot) -> tuple[int, int, Callable[[int], Line | None]]:
        """Return the first and last line that may be quoted, and what tells how: of one block where it is known."""
        for first, last in place.blocks:
            if first <= place.line <= last:
                block = file.block(first, last, place.secret)
                if block is not None:
                    return first, last, block.line
        return 1, len(file.lines), lambda number: file.line(number, place.secret)

    def source_line(self, origin: str, number: int) -> str:
        """Return a line as it is, to be measured and never shown; "" where there is none."""
        lines = self._file(origin).lines
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _file(self, origin: str) -> File:
        found = self._files.get(origin)
        if found is None:
            if len(self._files) >= _KEPT_FILES:
                self._files.clear()
            found = self._files[origin] = File(origin, self._read(origin))
        return found

    def data(self, origin: str) -> bytes:
        """Return the bytes of a file as they were judged, to be measured and not shown; b"" where it has others now."""
        if self._root is None or origin not in self._digests:
            return b""
        try:
            real = (self._root / origin).resolve()
            inside = real.is_relative_to(self._root) and real.is_file()
            if inside and real.stat().st_size > FILE_BYTES:
                return b""
            data = real.read_bytes() if inside else None
        except (OSError, ValueError):
            data = None
        if data is None or digest(data) != self._digests[origin]:
            self._changed[origin] = None
            return b""
        return data

    def _read(self, origin: str) -> str:
        try:
            return self.data(origin).decode("utf-8-sig")
        except ValueError:
            return ""


def is_secret(verdict: Verdict) -> bool:
    """Whether a verdict's asset is itself a secret, so that no value of its source may be shown."""
    return verdict.asset.kind == "secret"


def _cut(line: str) -> str:
    line = visible(line.rstrip())
    return line if len(line) <= WIDTH else line[: WIDTH - 3] + "..."


def _span(line: Line, place: Spot) -> tuple[int, int]:
    """Return the part of a line, as it is shown, that `place` means: from its column to the end."""
    text = _cut(line.text)
    indent = len(text) - len(text.lstrip())
    start = line.column(place.column - 1) if place.column else indent
    start = start if indent < start < len(text) else indent
    return start, max(start + 1, len(text.rstrip()))
