"""Plain lines of Bicep, each taken as one token: most lines of most files are of a few forms.

That is twice as fast as token by token, and says the same: a file in which one of these stands where a parser does not
expect it is read again by single tokens, which alone decide what is wrong with it.

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
_ENDS = r"[ \t\r]*+\n"
"""The end of a line, which is taken with what stands on it: no token is made of it."""
_GOES_ON = r"(?![ \t\r\n]*+[?.|&=+*%])"  # an operator on the next line goes on with the value on this one
LINE = (
    r"(?<=\n)[ \t]*+(?:"
    rf"({_KEY}[ \t]*+(?:'([^'\\\n$]*+)'|({_NAME}(?:\.\??{_NAME})*+)|(\d++)|(\[\]|\{{\}}))((?:\[\])?+\??))"
    rf"{_ENDS}{_GOES_ON}"
    rf"|({_KEY}(?!:)(?:[ \t]*+(\{{)(?={_ENDS}))?+)"
    rf"|(@(?:sys\.)?({_NAME})\((?:'(?:[^'\\\n$]++|\\[^u\n]|\$(?!\{{))*+'|\d*+)\)){_ENDS}"
    rf"|((param|var|output)[ \t]++({_NAME})(?:[ \t]++({_NAME})((?:\[\])?+)(\??))?+(?:[ \t]*+(=)(?![=>~])|(?={_ENDS}))))"
)
(_MEMBER, _WORD, _QUOTED, _TEXT, _PATH, _NUMBER, _EMPTY, _TYPED, _KEYED, _KEY_WORD, _KEY_QUOTED, OPENS, _NOTE,
 _NOTED, _DECLARES, _KIND, _CALLED, _TYPE, _LIST, _NULL, _GIVEN) = range(1, 22)  # fmt: skip
GROUPS = re.compile(LINE).groups
"""How many groups there are; that called `OPENS` is the brace of an object that begins behind a key."""


class Declares(Struct, frozen=True):
    """The beginning of a parameter, variable or output: what it is, its name and type, and whether a value follows."""

    kind: str
    name: str
    type: str
    nullable: bool | None
    given: bool


def made_of(line: re.Match[str], start: int) -> tuple[str, Any]:
    """Return the kind and value of a line that begins at `start`."""
    which = line.lastindex
    if which == _MEMBER:
        if line[_TYPED]:
            return "typed", None
        key = line[_WORD] if line[_WORD] is not None else line[_QUOTED]
        return "member", Member(Literal(key, start), _value(line), start)
    if which == _KEYED:
        key = line[_KEY_WORD] if line[_KEY_WORD] is not None else line[_KEY_QUOTED]
        return "key", Literal(key, start)
    if which == _NOTE:
        return "note", line[_NOTED]
    type_ = "array" if line[_LIST] else line[_TYPE] or ""
    nullable = True if line[_NULL] else None
    return "declares", Declares(line[_KIND], line[_CALLED], type_, nullable, line[_GIVEN] is not None)


def _value(line: re.Match[str]) -> Node:
    path = line[_PATH]
    if path is not None:
        return _path(path, line.start(_PATH))
    text = line[_TEXT]
    if text is not None:
        return Literal(text, line.start(_TEXT) - 1)
    number = line[_NUMBER]
    if number is not None:
        return Literal(int(number[:40]), line.start(_NUMBER))
    at = line.start(_EMPTY)
    return Array((), at) if line[_EMPTY] == "[]" else Object((), at)


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
