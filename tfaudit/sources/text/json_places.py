"""Where the members of a JSON value stand in its text, looked for as far as somebody asks.

A member is found by passing over those before it, which Python's own scanner does in C. So a place costs as much as to
parse the objects and lists around it, rather than to look at each word of the text. Where that comes to more, as in
what is nested very deep, all of the text is looked at once.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from tfaudit.sources.text.document import COLUMNS, Spots

_BLANK = re.compile(r"[ \t\n\r]*")
_LINE_END = re.compile("\n")
_CLOSES = {"{": "}", "[": "]"}
_LARGE = 10_000
"""From so many characters on it pays to find out whether a text is regular."""

_OFTEN = 8
"""So many times a text may be passed over before it is cheaper to look at each word of it."""

_DECODED = json.JSONDecoder().raw_decode


class JsonSpots:
    """The places of the members of each list and dict in a value, by its id: see `document.Spots`.

    Those of a container are told once those of the containers around it have been.
    """

    __slots__ = ("_all", "_found", "_left", "_regular", "_starts", "_text", "_within")

    def __init__(self, text: str, value: Any, whole: Callable[[], Spots]) -> None:
        """Take a value, and the text that it was read from, in which no key stands twice; `whole` tells all places."""
        self._text = text
        self._all = whole
        self._left = _OFTEN * len(text)
        self._found: Spots = {}
        # Where each container begins whose place is known, and the container itself.
        self._within = {id(value): (value, _blank(text, 0))}
        self._starts: list[int] = []
        # Where a bracket closes in the column of the line that opens it, as compilers write it: no need to look inside.
        self._regular = False

    def get(self, key: int, default: Any = None) -> Any:
        """Return the places of the members of a container; `default` for one that is not known."""
        found = self._found.get(key)
        if found is not None or key not in self._within:
            return default if found is None else found
        if self._left < 0:
            self.values()
            return self._found.get(key, default)
        if not self._starts:
            self._starts = [0, *(each.end() for each in _LINE_END.finditer(self._text))]
            self._regular = len(self._text) >= _LARGE and _is_regular(self._text)
        value, start = self._within[key]
        members = self._members(value, start) if value and value.__class__ in (dict, list) else []
        found = self._found[key] = dict(members) if value.__class__ is dict else [at for _, at in members]
        return found

    def values(self) -> Iterable[Any]:
        """Return the places of the members of all containers."""
        self._found = self._all()
        self._within.clear()
        return self._found.values()

    def _members(self, value: Any, at: int) -> list[tuple[Any, int]]:
        """Return the keys or numbers of a container's members with their places; `at` is where its bracket stands."""
        text, within, begin = self._text, self._within, at
        is_object = value.__class__ is dict
        found: list[tuple[Any, int]] = []
        while True:
            at = _blank(text, at + 1)  # behind a bracket or comma
            start = at
            key: Any = len(found)
            if is_object:
                key, at = _DECODED(text, at)
                at = _blank(text, _blank(text, at) + 1)
            found.append((key, self._place(start)))
            inner = value.get(key) if is_object else value[key] if key < len(value) else None
            if inner and inner.__class__ in (dict, list):
                within[id(inner)] = (inner, at)
            at = _blank(text, self._end(at, start))
            if text[at] != ",":
                self._left -= 0 if self._regular else at - begin
                return found

    def _end(self, at: int, start: int) -> int:
        """Return where the value at `at` ends, of a member that stands at `start`."""
        text = self._text
        if self._regular and text[at] in "{[" and text[at + 1] == "\n":
            column = start - self._starts[bisect_right(self._starts, start) - 1]
            close = f"\n{' ' * column}{_CLOSES[text[at]]}"
            return text.index(close, at) + len(close)
        return _DECODED(text, at)[1]

    def _place(self, at: int) -> int:
        line = bisect_right(self._starts, at) - 1
        return line * COLUMNS + at - self._starts[line]


def _is_regular(text: str) -> bool:
    """Whether a text is written with each member on a line of its own, two blanks further in than what it is in."""
    from msgspec import DecodeError
    from msgspec import json as form

    try:
        return form.format(text.encode(), indent=2).decode() == text.rstrip()
    except (DecodeError, UnicodeEncodeError):
        return False


def _blank(text: str, at: int) -> int:
    """Return where what stands at `at` or behind it begins."""
    found = _BLANK.match(text, at)
    return found.end() if found else at
