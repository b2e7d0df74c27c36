"""The `${...}` in a text of `Fn::Sub`, found in linear time."""

from __future__ import annotations

from collections.abc import Iterator

_NOTHING = ("", "!", "!!")


def variables(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start and end of each `${name}`, the name without the spaces around it, and whether it is `${!literal}`."""
    end = -1
    start = text.find("${")
    while start >= 0:
        if end < start:
            end = text.find("}", start)
            if end < 0:
                return
        inside = start + 2
        if text[inside : min(end, inside + 2)] in _NOTHING:
            start = text.find("${", inside)
            continue
        literal = text[inside] == "!"
        name = text[inside + literal : end]
        yield start, end + 1, name.strip() or " ", literal
        start = text.find("${", end)
