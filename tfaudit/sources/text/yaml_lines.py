"""Documents of YAML whose lines speak for themselves, read line by line: most manifests are such, and say much twice.

A line of such a document holds dashes, a key, a value, each of which ends there: plain or quoted text, `{}`, `[]`, a
list of words. What a line says is found out once, however often it stands in a file, which takes a third of the time
of libyaml's parser. Whatever else a document holds (text of several lines, anchors, tags, a key that stands twice, a
line that stands askew) makes it none of these: then it is read by that parser, whole, and so is what is no YAML.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from tfaudit.sources.text.document import COLUMNS, Spots

Plain: TypeAlias = Callable[[str], Any]
"""Returns what a plain scalar stands for."""

_LINES_KEPT = 50_000
_CONTROLS = bytes((*range(9), *range(11, 32), 127))
# What the parser takes for the end of a line, or refuses, beside ASCII's own.
_ODD = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BLANKS = ("", " ", "\t", "\n")
_HEAD = re.compile(r"--- *(?: #.*)?")

_DOUBLE = r'"[ !#-\[\]-~]*"'
_SINGLE = r"'[ -&(-~]*'"
# A colon within a word is a part of it; behind blanks neither a colon nor a comment goes on with the text.
_PLAIN = r"(?:[A-Za-z0-9_./$(+~]|-(?=[A-Za-z0-9_./$-]))(?:[!\"$-9;-~]|:(?=[!\"$-9;-~])|[ ]+(?=[!\"$-9;-~]))*"
_KEY = r"[A-Za-z0-9_.$](?:[!\"$-9;-~]|:(?=[!\"$-9;-~])){0,200}"
_WORD = rf"(?:-{{0,2}}[A-Za-z0-9_./][A-Za-z0-9_./=-]*|{_DOUBLE}|{_SINGLE})"
_FLOW = rf"\[ *{_WORD}(?: *, *{_WORD})* *\]"
_VALUE = rf"(?:{_PLAIN}|{_DOUBLE}|{_SINGLE}|\{{ *\}}|\[ *\]|{_FLOW}|\|-?)"
_LINE = re.compile(
    rf"(?P<indent> *)(?P<dashes>(?:- +)*)"
    rf"(?:(?P<key>{_KEY}|{_DOUBLE}|{_SINGLE}):(?: +(?P<value>{_VALUE}))?|(?P<item>{_VALUE}))(?: +#.*| *)"
)
_EACH = re.compile(_WORD)

_PAIR, _OPEN, _NEW_PAIR, _TEXT_PAIR, _ITEM, _NEW_ITEM, _TEXT_ITEM, _NOTHING = range(8)
"""What a line says: a key with a scalar, alone, with a list or map, with the lines below; an item of the same; nothing.
"""

Token: TypeAlias = tuple[int, int, tuple[int, ...] | None, int, Any, Any]
"""What a line says; the column of what is first in it; those of the lists and the map that begin behind its first dash,
None without one; that of its key or item; the key; the value.

A value that is a list or map is the columns of its items, with the items; None for a map. Of one that is the lines
below it is how the last of them ends.
"""
_EMPTY: Token = (_NOTHING, 0, None, 0, None, None)
_ASKEW: Token = (-1, 0, None, 0, None, None)
_WAITS_FOR_NONE = object()


class Found(NamedTuple):
    """A document: its value, the lines of the value's begin and of the separator, its places, and what has them.

    It is `plain` where no text in it goes over several lines.
    """

    value: Any
    line: int
    separator: int
    spots: Spots
    made: list[Any]
    plain: bool


def parts(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the text of each document, with the number of its first line; nothing where it cannot be told by lines.

    A line that begins with `---` starts a document wherever it stands; one that begins with `%` is about the next one.
    """
    if len(data.translate(None, _CONTROLS)) != len(data) or data.startswith(b"%") or b"\n%" in data:
        return
    text = data.decode("utf-8", "replace")
    if not data.isascii() and ("\ufffd" in text or _ODD.search(text)):
        return
    # A part of a file stands behind as many empty lines as the file has before it.
    start = lines = len(text) - len(text.lstrip("\n"))
    end = text.find("\n---", start)
    while end >= 0:
        end += 1
        if text[end + 3 : end + 4] in _BLANKS:
            yield lines, text[start:end]
            lines += text.count("\n", start, end)
            start = end
        end = text.find("\n---", end)
    yield lines, text[start:]


class Lines:
    """Reads documents by their lines, and remembers what lines say."""

    def __init__(self, plain: Plain, depth: int) -> None:
        """Take scalars for what `plain` says; a document that is nested deeper than `depth` is none of these."""
        self._plain = plain
        self._depth = depth
        self._known: dict[str, Token] = {}

    def read(self, text: str) -> Found | None:
        """Return the document that `text` is, with the value None where it is empty; None for one of another form."""
        separator = -1
        lines = text.split("\n")
        if text.startswith("---"):
            if _HEAD.fullmatch(lines[0]) is None:
                return None
            lines[0], separator = "", 0
        found = self._value(lines)
        if found is None:
            return None
        value, line, spots, made, plain = found
        return Found(value, line, line if separator < 0 else separator, spots, made, plain)

    # One loop, without a call on its usual way: a large input spends its time here.
    def _value(self, lines: Sequence[str]) -> tuple[Any, int, Spots, list[Any], bool] | None:  # noqa: C901, PLR0911, PLR0912, PLR0915
        known, deepest = self._known, self._depth
        spots: Spots = {}
        made: list[Any] = []
        stack: list[tuple[Any, Any, int, bool]] = []
        root: Any = None
        node: Any = None
        here: Any = None
        at, first = -1, 0
        plain = True
        is_map = False
        waiting: Any = _WAITS_FOR_NONE  # the key whose value the next lines hold
        rows = enumerate(lines)
        for number, line in rows:
            token = known.get(line)
            if token is None:
                token = self._told(line)
            what, column, begun, spot, key, value = token
            if what < 0:
                return None
            if what == _NOTHING:
                continue
            row = number * COLUMNS
            if column > at or (
                column == at
                and waiting is not _WAITS_FOR_NONE
                and begun is not None  # as far left as its key
            ):
                inner: Any = {} if begun is None else []
                if waiting is not _WAITS_FOR_NONE:
                    node[waiting] = inner
                    stack.append((node, here, at, True))
                    if len(stack) >= deepest:
                        return None
                elif root is None:
                    root, first = inner, number
                else:
                    return None  # text goes on
                waiting = _WAITS_FOR_NONE
                node, at, is_map = inner, column, begun is None
                here = spots[id(inner)] = {} if is_map else []
                made.append(inner)
            else:
                if waiting is not _WAITS_FOR_NONE:
                    node[waiting] = None
                    waiting = _WAITS_FOR_NONE
                while column < at and stack:
                    node, here, at, is_map = stack.pop()
                if column != at:
                    return None
                if is_map:
                    if begun is not None:
                        return None
                elif begun is None:  # the list stood as far left as its key
                    if not stack or stack[-1][2] != at:
                        return None
                    node, here, at, is_map = stack.pop()
            if begun is not None:
                for start in begun:
                    is_map = what < _ITEM and start == spot
                    inner = {} if is_map else []
                    here.append(row + start)
                    node.append(inner)
                    stack.append((node, here, at, False))
                    if len(stack) >= deepest:
                        return None
                    node, at = inner, start
                    here = spots[id(inner)] = {} if is_map else []
                    made.append(inner)
            if what >= _ITEM:
                if is_map:
                    return None
                here.append(row + spot)
                if what == _ITEM:
                    node.append(value)
                    continue
                if what == _TEXT_ITEM:
                    written = _block(lines, number + 1, at)
                    if written is None:
                        return None
                    node.append(written[0] + value)
                    deque(islice(rows, written[1]), 0)
                    plain = False
                    continue
            else:
                if key in here:
                    return None
                here[key] = row + spot
                if what == _PAIR:
                    node[key] = value
                    continue
                if what == _OPEN:
                    waiting = key
                    continue
                if what == _TEXT_PAIR:
                    written = _block(lines, number + 1, at)
                    if written is None:
                        return None
                    node[key] = written[0] + value
                    deque(islice(rows, written[1]), 0)
                    plain = False
                    continue
            if len(stack) + 1 >= deepest:
                return None
            if value is None:
                inner = {}
                spots[id(inner)] = {}
            else:
                inner = list(value[1])
                spots[id(inner)] = [row + each for each in value[0]]
            made.append(inner)
            if is_map:
                node[key] = inner
            else:
                node.append(inner)
        if waiting is not _WAITS_FOR_NONE:
            node[waiting] = None
        return root, first, spots, made, plain

    def _told(self, line: str) -> Token:
        """Return what a line says, and remember it."""
        if len(self._known) > _LINES_KEPT:
            self._known.clear()
        found = self._known[line] = self._token(line)
        return found

    def _token(self, line: str) -> Token:
        stripped = line.lstrip(" ")
        if not stripped or stripped[0] == "#":
            return _EMPTY
        found = _LINE.fullmatch(line)
        if found is None:
            return _ASKEW
        indent, inside = found.end("indent"), found.start("dashes")
        dashes = tuple(inside + at for at, each in enumerate(found["dashes"]) if each == "-")
        if found["key"] is None:
            spot = found.start("item")
            how, value = self._stated(found["item"], spot)
            return _ITEM + how, indent, dashes[1:] if dashes else None, spot, None, value
        spot, key = found.start("key"), self._scalar(found["key"])
        begun = (*dashes[1:], spot) if dashes else None
        if found["value"] is None:
            return _OPEN, indent, begun, spot, key, None
        how, value = self._stated(found["value"], found.start("value"))
        return (_PAIR, _NEW_PAIR, _TEXT_PAIR)[how], indent, begun, spot, key, value

    def _stated(self, text: str, column: int) -> tuple[int, Any]:
        """Return what a value says as tokens have it: 0 with a scalar, 1 with a list or map, 2 for the lines below."""
        if text[0] == "{":
            return 1, None
        if text[0] == "[":
            words = list(_EACH.finditer(text))
            return 1, ([column + each.start() for each in words], [self._scalar(each[0]) for each in words])
        if text[0] == "|":
            return 2, "\n" if text == "|" else ""
        return 0, self._scalar(text)

    def _scalar(self, text: str) -> Any:
        return text[1:-1] if text[0] in "\"'" else self._plain(text)


def _block(lines: Sequence[str], start: int, at: int) -> tuple[str, int] | None:
    """Return the text that stands in the lines from `start`, further right than `at`, and how many these are.

    None where there is none, where its lines begin in an odd way, or where it goes on to a last line without an end.
    """
    first = start
    while first < len(lines) and not lines[first].strip(" "):
        first += 1
    if first == len(lines):
        return None
    indent = len(lines[first]) - len(lines[first].lstrip(" "))
    margin = " " * indent
    if indent <= at or lines[first][indent] == "\t" or any(len(each) > indent for each in lines[start:first]):
        return None
    end = last = first + 1
    while end < len(lines) and (lines[end].startswith(margin) or not lines[end].strip(" ")):
        end += 1
        if len(lines[end - 1]) > indent:
            last = end
    if last == len(lines):
        return None
    return "\n".join([each[indent:] for each in lines[start:last]]), end - start
