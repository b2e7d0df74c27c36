"""Comments of a YAML file that ask to leave findings out, each with the document and the path that it stands beside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from tfaudit.model.resources import Path, Suppression
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.suppressions import suppressions
from tfaudit.sources.text.yaml_comments import comments

_HEAD = ("apiVersion", "kind", "metadata")


class Comments:
    """The suppressions in the comments of one file, by document and by item of a List."""

    def __init__(self, data: bytes, origin: str, found: Sequence[Document]) -> None:
        """Find them, and what each stands beside (or, alone on its line, above) in the documents of the file."""
        self._by_object: dict[tuple[int, Path], list[Suppression]] = {}
        if not found:
            return
        separators = [each.separator for each in found]
        lines: dict[int, tuple[list[int], list[Path]]] = {}
        for line, alone, each in suppressions(comments(data), origin):
            number = max(0, bisect_right(separators, line) - 1)
            if number not in lines:
                lines[number] = _lines(found[number])
            path: Path = () if line < found[number].line else _beside(lines[number], line, alone=alone)
            base: Path = path[:2] if path[:1] == ("items",) else ()
            own = path[len(base) :]
            # Beside what names an object it means the whole of it.
            placed = replace(each, path=() if own and own[0] in _HEAD else own)
            self._by_object.setdefault((number, base), []).append(placed)

    def of(self, number: int, base: Path) -> tuple[Suppression, ...]:
        """Return what reaches the object at `base` of the document with that number."""
        found = self._by_object.get((number, ()), [])
        if base:
            found = [*found, *self._by_object.get((number, base[:2]), [])]
        return tuple(found)


def _lines(document: Document) -> tuple[list[int], list[Path]]:
    """Return the lines on which members stand, in order, and the outermost path of each."""
    outermost: dict[int, Path] = {}
    for path, line in document.members():
        if line not in outermost or len(path) < len(outermost[line]):
            outermost[line] = path
    ordered = sorted(outermost)
    return ordered, [outermost[line] for line in ordered]


def _beside(lines: tuple[list[int], list[Path]], line: int, *, alone: bool) -> Path:
    """Return the path that stands on `line`; for a comment alone, the first one below it."""
    numbers, paths = lines
    at = bisect_left(numbers, line)
    if at == len(numbers) or (numbers[at] != line and not alone):
        return ()
    return paths[at]
