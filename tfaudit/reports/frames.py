"""Code frames: a place in a scanned file, as the few lines around it with the exact part marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.foreign import visible
from tfaudit.model.digests import digest
from tfaudit.reports.source_files import File
from tfaudit.reports.source_lines import Line

if TYPE_CHECKING:
    from tfaudit.model.resources import Place
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


class Quotes:
    """Reads frames from files inside one folder, as they were judged; anything else has no frame.

    Of a file that is not what was judged any more nothing is quoted; `noted` says so.
    """

    def __init__(self, result: ScanResult) -> None:
        """Quote the files that `result` has judged; none of a live scan."""
        self._root = Path(result.root).resolve() if result.root else None
        self._digests = result.digests
        self._files: dict[str, File] = {}
        self._changed: dict[str, None] = {}

    def noted(self, result: ScanResult) -> ScanResult:
        """Return `result` with a note for each file of which something was to be quoted and which has changed."""
        says = "has changed since it was judged, or while it was: nothing of it is quoted"
        notes = tuple(f"{origin} {says}" for origin in self._changed)
        return replace(result, notes=(*result.notes, *notes)) if notes else result

    def frame(self, verdict: Verdict, around: int = 1) -> Frame | None:
        """Return the lines around a verdict's first place; None where it is in no file that may be quoted."""
        place = verdict.places[0]
        if not place.line:
            return None
        file = self._file(place.origin)
        if place.line > len(file.lines):
            return None
        top, bottom, line = self._lines(file, verdict)
        if line(place.line) is None:
            return None
        first = max(top, place.line - around)
        last = min(bottom, place.line + around)
        is_head = place.line == verdict.asset.place.line or not file.lines[first - 1].strip()
        if is_head and place.line < bottom:
            # The head of a block: what stands in it tells more than what stands before it.
            first, last = place.line, min(bottom, place.line + 2 * around)
        found = {number: line(number) for number in range(first, last + 1)}
        shown = [(number, line) for number, line in found.items() if line is not None]
        start, end = _span(found[place.line] or Line(""), place)
        return Frame(
            place.origin, tuple((number, _cut(line.text)) for number, line in shown), place.line, start, end
        )

    def _lines(self, file: File, verdict: Verdict) -> tuple[int, int, Callable[[int], Line | None]]:
        """Return the first and last line that may be quoted, and what tells how: of one block where it is known."""
        place, secret = verdict.places[0], is_secret(verdict)
        for own in (verdict.asset.resource, verdict.resource):
            if own.place.origin == place.origin and own.place.line <= place.line <= own.last_line:
                block = file.block(own.place.line, own.last_line, secret)
                if block is not None:
                    return own.place.line, own.last_line, block.line
        return 1, len(file.lines), lambda number: file.line(number, secret)

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


def _span(line: Line, place: Place) -> tuple[int, int]:
    """Return the part of a line, as it is shown, that `place` means: from its column to the end."""
    text = _cut(line.text)
    indent = len(text) - len(text.lstrip())
    start = line.column(place.column - 1) if place.column else indent
    start = start if indent < start < len(text) else indent
    return start, max(start + 1, len(text.rstrip()))
