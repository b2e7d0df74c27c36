"""Plain tables for lists on the terminal and in pipes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return `rows` under `head` in columns; the last column is as wide as it is."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
    out = ""
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        out += "  ".join([*cells, line[-1]]).rstrip() + "\n"
    return out
