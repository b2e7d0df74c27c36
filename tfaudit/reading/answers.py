"""What a function may answer beside a plain value: that it cannot decide, or where the value stands."""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct

Spot: TypeAlias = int | str | tuple[int | str, ...] | None


class CannotTell(Struct, frozen=True):
    """What a function answers where the words, though known, do not tell."""

    because: str
    settle_with: str


class Said(Struct, frozen=True):
    """What a function answers where one word, or a part of it, decides: there the finding is placed.

    `by` is the word, "" the asset itself. `row` is a row of it, or a key of a map; a longer one goes on with a word of
    that row, `(2, "sources", 0, "cidr")`. The value None is "nothing is stated": the default holds, placed there.
    """

    value: Any
    by: str
    row: Spot = None

    @property
    def inside(self) -> tuple[int | str, ...]:
        """The steps from the word to the part of it that decides."""
        row = self.row
        return row if isinstance(row, tuple) else () if row is None else (row,)


def unreadable(value: Any) -> CannotTell:
    """Return the answer for a value that is of no use, whatever it means."""
    return CannotTell(f"its value {str(value)[:80]!r} is not one that tfaudit can judge", "check it by hand")
