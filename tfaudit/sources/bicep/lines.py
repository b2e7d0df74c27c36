"""Lines of Bicep of the usual forms, each taken as one token or two: most lines of most files are of a few forms.

That says the same as token by token: a file in which one of these stands where a parser does not expect it is read
again by single tokens, which alone decide what is wrong with it.

`member` is a whole member of an object, `name: other.name` or `name: 'text'`; `key` what begins one; `typed` a member
of a type, `name: string?`; `note` a decorator with a plain argument or none; `declares` the beginning of a parameter,
variable or output up to its `=`, or a parameter without one.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from tfaudit.sources.arm.syntax import Access, Array, Literal, Member, Name, Node, Object

WORDS = {"true": True, "false": False, "null": None}
"""The words that stand for a value."""

_NAME = r"[A-Za-z_]\w*+"
_KEY = rf"(?:({_NAME})|'([^'\\\n$]++)')[ \t]*+:"
_ENDS = r"[ \t\r]*+\Z"
_LINE = re.compile(
    r"[ \t]*+(?:"
    rf"({_KEY}[ \t]*+(?:'([^'\\\n$]*+)'|({_NAME}(?:\.\??{_NAME})*+)|(\d++)|(\[\]|\{{\}}))((?:\[\])?+\??))"
    rf"{_ENDS}"
    rf"|({_KEY}(?!:)(?:[ \t]*+(\{{)(?={_ENDS}))?+)"
    rf"|(@(?:sys\.)?({_NAME})\((?:'(?:[^'\\\n$]++|\\[^u\n]|\$(?!\{{))*+'|\d*+)\)){_ENDS}"
    rf"|((param|var|output)[ \t]++({_NAME})(?:[ \t]++({_NAME})((?:\[\])?+)(\??))?+(?:[ \t]*+(=)(?![=>~])|(?={_ENDS}))))"
)
form_of = _LINE.match
"""Returns the match of a line that begins with one of the usual forms, None for any other."""
(_MEMBER, _WORD, _QUOTED, _TEXT, _PATH, _NUMBER, _EMPTY, _TYPED, _KEYED, _KEY_WORD, _KEY_QUOTED, OPENS, _NOTE,
 _NOTED, _DECLARES, _KIND, _CALLED, _TYPE, _LIST, _NULL, _GIVEN) = range(1, 22)  # fmt: skip
"""The groups; that called `OPENS` is the brace of an object that begins behind a key."""


class Declares(Struct, frozen=True):
    """The beginning of a parameter, variable or output: what it is, its name and type, and whether a value follows."""

    kind: str
    name: str
    type: str
    nullable: bool | None
    given: bool


class Plain(Struct, frozen=True):
    """A member that stands on one line: its key, and its value, which begins `further` on than the key.

    `sort` tells what the value is: a path of names, a text or number, or the brackets of what is empty.
    """

    key: str
    sort: str
    value: Any
    further: int


def made_of(line: re.Match[str], start: int) -> tuple[str, Any]:
    """Return the kind and value of the token that a line is, or begins with, at `start`."""
    which = line.lastindex
    if which == _MEMBER:
        if line[_TYPED]:
            return "typed", None
        key = line[_WORD] if line[_WORD] is not None else line[_QUOTED]
        return "member", _plain(key, line, start)
    if which == _KEYED:
        return "key", line[_KEY_WORD] if line[_KEY_WORD] is not None else line[_KEY_QUOTED]
    if which == _NOTE:
        return "note", line[_NOTED]
    type_ = "array" if line[_LIST] else line[_TYPE] or ""
    nullable = True if line[_NULL] else None
    return "declares", Declares(line[_KIND], line[_CALLED], type_, nullable, line[_GIVEN] is not None)


def _plain(key: str, line: re.Match[str], start: int) -> Plain:
    if line[_PATH] is not None:
        return Plain(key, "path", line[_PATH], line.start(_PATH) - start)
    if line[_TEXT] is not None:
        return Plain(key, "value", line[_TEXT], line.start(_TEXT) - 1 - start)
    if line[_NUMBER] is not None:
        return Plain(key, "value", int(line[_NUMBER][:40]), line.start(_NUMBER) - start)
    return Plain(key, line[_EMPTY], None, line.start(_EMPTY) - start)


def member(plain: Plain, start: int) -> Member:
    """Return the member of an object that a plain one at `start` is."""
    return Member(Literal(plain.key, start), _value(plain, start + plain.further), start)


def _value(plain: Plain, at: int) -> Node:
    sort = plain.sort
    if sort == "path":
        return _path(plain.value, at)
    if sort == "value":
        return Literal(plain.value, at)
    return Array((), at) if sort == "[]" else Object((), at)


def _path(text: str, start: int) -> Node:
    if "." not in text:
        return Literal(WORDS[text], start) if text in WORDS else Name(text, start)
    first, *rest = text.split(".")
    node: Node = Literal(WORDS[first], start) if first in WORDS else Name(first, start)
    at = start + len(first) + 1
    for each in rest:
        safe = each[0] == "?"
        node = Access(node, Literal(each[safe:], at + safe), start, safe)
        at += len(each) + 1
    return node
