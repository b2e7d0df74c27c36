"""The words that service modules spell in tables, with their paths in each plane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from tfaudit.reading.spelling import NOTHING, Word

if TYPE_CHECKING:
    from tfaudit.reading.spelling import Spelling


def tables(module: ModuleType) -> Iterator[tuple[str, Spelling]]:
    """Yield name and table of each that stands in `module`, or is imported there, but for those of lists' elements."""
    found = {name: value for name, value in vars(module).items() if _is_table(value)}
    rows = [word.rows for table in found.values() for word in table.values() if word.rows is not None]
    for name, table in found.items():
        if not any(table is each for each in rows):
            yield name, table


def _is_table(value: object) -> bool:
    return (
        isinstance(value, Mapping) and bool(value) and all(isinstance(each, Word) for each in value.values())
    )


def paths(table: Spelling, plane: str, above: str = "") -> Iterator[str]:
    """Yield every path of a table in one plane; those of a list's elements from the list on."""
    for word in table.values():
        for path in word.paths(plane):
            if path == NOTHING:
                continue
            # "" is the whole: of the resource, of a companion, or of an element.
            written = (above + path).strip(".").replace("/.", "/")
            if written:
                yield written
            if word.rows is not None:
                yield from paths(word.rows, plane, f"{written}." if written else "")
