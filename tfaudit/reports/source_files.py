"""A scanned file as the chunks that can be understood one by one, so that a frame costs no more than its own chunk."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import PurePath

from tfaudit.reports.source_lines import COMMENT, Line, Quotable
from tfaudit.reports.source_tree import Chunk

CHUNK = 500_000
"""Characters of a block or document that is looked into; a larger one is not quoted."""

_HCL = frozenset({".tf", ".tofu", ".tfvars", ".hcl"})
_NOT_QUOTED = frozenset({".bicep", ".bicepparam"})
"""What nothing here can tell secrets of: it is not quoted."""
_SEPARATOR = re.compile(r"^---(?=\s|$)", re.MULTILINE)
# What some parsers take for the end of a line and others do not: the numbers of lines would differ.
_OTHER_ENDS = re.compile("[\r\x85\u2028\u2029]")


class File:
    """The lines of a file, and what of them may be shown."""

    def __init__(self, name: str, text: str) -> None:
        """Take the text of the file called `name`; nothing is parsed before a line is asked for."""
        self._suffix = PurePath(name).suffix.lower()
        self._text = text.replace("\r\n", "\n")
        if _OTHER_ENDS.search(self._text):
            self._text = ""
        self.lines = self._text.split("\n") if self._text else []
        self._quotable: dict[tuple[int, bool], Quotable | None] = {}
        self._blocks: dict[tuple[int, int, bool], Quotable | None] = {}
        self._chunks: _Chunks | None = None

    def line(self, number: int, secret: bool = False) -> Line | None:
        """Return a line as it may be shown, None where it may not; `secret` shows no value at all."""
        if self._suffix in _NOT_QUOTED:
            return None
        if not self.lines[number - 1].strip():
            return Line("")
        if self._chunks is None:
            self._chunks = _Chunks(self._suffix, self._text)
        part = self._chunks.part(number)
        if part < 0:
            return Line(COMMENT) if self._chunks.is_sound else None
        if (part, secret) not in self._quotable:
            chunk = self._chunks.chunk(part)
            names = ("variables",) if self._suffix == ".tfvars" else ()
            self._quotable[part, secret] = None if chunk is None else Quotable(chunk, names, secret)
        quotable = self._quotable[part, secret]
        return None if quotable is None else quotable.line(number)

    def block(self, first: int, last: int, secret: bool = False) -> Quotable | None:
        """Return the top-level block of HCL on the lines `first` to `last`; None where there is no such block.

        The file has been parsed as a whole when it was scanned, so that its other blocks need not be parsed again.
        """
        if self._suffix not in _HCL or not 0 < first <= last <= len(self.lines):
            return None
        key = (first, last, secret)
        if key not in self._blocks:
            from tfaudit.reports.source_hcl import block

            chunk = block("\n".join(self.lines[first - 1 : last]), CHUNK)
            if chunk is not None:
                chunk.line = first
            self._blocks[key] = None if chunk is None else Quotable(chunk, (), secret)
        return self._blocks[key]


class _Chunks:
    """Finds the chunk that a line is in: HCL's blocks, YAML's documents, or a whole JSON text."""

    def __init__(self, suffix: str, text: str) -> None:
        self._text = text
        self._blocks = None
        if suffix in _HCL:
            from tfaudit.reports.source_hcl import Blocks

            self._blocks = Blocks(text)
        self.is_sound = self._blocks is None or self._blocks.is_sound
        self._is_json = text.lstrip()[:1] in ("{", "[") and not _SEPARATOR.search(text)
        self._offsets = [0]
        if not self._is_json:
            self._offsets += [found.start() for found in _SEPARATOR.finditer(text) if found.start()]
        self._starts = [1]
        for before, after in zip(self._offsets, self._offsets[1:], strict=False):
            self._starts.append(self._starts[-1] + text.count("\n", before, after))

    def part(self, line: int) -> int:
        """Return the number of the chunk that `line` is in, -1 where it is in none."""
        return bisect_right(self._starts, line) - 1 if self._blocks is None else self._blocks.part(line)

    def chunk(self, number: int) -> Chunk | None:
        """Return a chunk; None for one that is not understood, or too large."""
        if self._blocks is not None:
            return self._blocks.chunk(number, CHUNK)
        start = self._offsets[number]
        end = self._offsets[number + 1] if number + 1 < len(self._offsets) else len(self._text)
        if end - start > CHUNK:
            return None
        text = self._text[start:end]
        from tfaudit.reports import source_json, source_yaml

        found = source_json.chunk(text) if self._is_json else None
        return found or source_yaml.chunk(self._starts[number], text)
