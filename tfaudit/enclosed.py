"""Text without what stands between two marks, `${...}` or `[...]`, in linear time, whatever is left open."""

from __future__ import annotations


def replaced(text: str, opening: str, closing: str, instead: str = "", but: str = "") -> str:
    """Return `text` with `instead` for each `opening` up to the next `closing`; one that is never closed stays.

    What begins with `but` behind the mark stays as well.
    """
    parts: list[str] = []
    at = 0
    end = -1
    start = text.find(opening)
    while start >= 0:
        inside = start + len(opening)
        if end < inside:
            end = text.find(closing, inside)
            if end < 0:
                break
        if but and text.startswith(but, inside):
            start = text.find(opening, inside)
            continue
        parts += text[at:start], instead
        at = end + len(closing)
        start = text.find(opening, at)
    parts.append(text[at:])
    return "".join(parts)
