"""Words of IAM with `*` and `?` in them, matched without a backtracking pattern: policies may be hostile."""

from __future__ import annotations


def covers(pattern: str, text: str) -> bool:
    """Whether `pattern`, in which `*` stands for any characters and `?` for one, covers the whole of `text`.

    `text` may be a pattern, too: its `*` stands for more than one character, which `?` does not cover.
    """
    first, *parts = pattern.split("*")
    if not parts:
        return len(first) == len(text) and _stands(first, text, 0)
    last = parts.pop()
    end = len(text) - len(last)
    if end < len(first) or not _stands(first, text, 0) or not _stands(last, text, end):
        return False
    at = len(first)
    for part in parts:  # The leftmost place leaves the most for what follows.
        at = _find(part, text, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def _find(part: str, text: str, at: int, end: int) -> int:
    if "?" not in part:
        return text.find(part, at, end)
    return next((each for each in range(at, end - len(part) + 1) if _stands(part, text, each)), -1)


def _stands(part: str, text: str, at: int) -> bool:
    if "?" not in part:
        return text.startswith(part, at)
    return all(
        each == text[at + number] or (each == "?" and text[at + number] != "*")
        for number, each in enumerate(part)
    )
