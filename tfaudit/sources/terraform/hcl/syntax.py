"""HCL text as plain trees: blocks, attributes and expressions with their byte positions, read by tree-sitter.

An expression is a tuple `(kind, text, start, end, ...)`:

    lit value | template [str or expression] | list [expression] | object [(key, expression)] | ref name steps |
    access expression steps | call name arguments spread | if test then otherwise | op sign left right | not/neg
    operand | for key value collection key_result result test grouped | bad reason

and a step is `("attr", name)`, `("index", expression)` or `("splat", steps)`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, TypeAlias

from tfaudit.sources.terraform.hcl.arithmetic import Boundless, parsed

Expression: TypeAlias = tuple[Any, ...]
Step: TypeAlias = tuple[str, Any]

_ESCAPE = re.compile(r"\\(?:([nrt\"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|\$\$\{|%%\{")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


_LONG_LINE = 2_000
# How the names begin that lead to a value elsewhere, and how those of iterators go on.
_NAMES = (b"var.", b"local.", b"module.", b"each.", b"count.", b".value", b".key")


class Text:
    """One file's bytes, which turn byte offsets into lines and columns."""

    __slots__ = ("_ascii", "_names", "_starts", "data", "is_sound", "origin")

    def __init__(self, origin: str, data: bytes) -> None:
        """Hold `data`; `origin` is how places call the file."""
        self.origin = origin
        self.data = data
        self.is_sound = False  # until it is parsed, without a fault
        self._ascii = False
        self._starts: list[int] | None = None
        self._names: list[int] | None = None

    def share(self, other: Text) -> None:
        """Use the bytes of another text, which are equal, and what is known of their lines."""
        self.data = other.data
        self.is_sound = other.is_sound
        self._starts = other._starts
        self._ascii = other._ascii

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1; columns count characters, or bytes far out in a line without end."""
        starts = self._starts or self._lines()
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        if self._ascii or offset - start > _LONG_LINE:
            return line, offset - start + 1
        return line, len(self.data[start:offset].decode("utf-8", "replace")) + 1

    def line(self, offset: int) -> int:
        """Return the line of `offset`, from 1."""
        return bisect_right(self._starts or self._lines(), offset)

    def _lines(self) -> list[int]:
        """Return where each line starts, found once."""
        self._ascii = self.data.isascii()
        self._starts = [0, *accumulate([len(each) + 1 for each in self.data.split(b"\n")[:-1]])]
        return self._starts

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column, both from 1."""
        starts = self._starts or self._lines()
        return min(starts[min(max(line, 1), len(starts)) - 1] + max(column, 1) - 1, len(self.data))

    def may_name(self, start: int, end: int) -> bool:
        """Whether a variable, a local, an output or an iterator may be named between two offsets.

        It is far quicker to look for that once than to walk over every expression.
        """
        names = self._names
        if names is None:
            names = self._names = sorted(at for name in _NAMES for at in _found(self.data, name))
        at = bisect_left(names, start)
        return at < len(names) and names[at] < end

    def part(self, start: int, end: int) -> str:
        """Return the text between two offsets."""
        return self.data[start:end].decode("utf-8", "replace")


def _found(data: bytes, name: bytes) -> Iterator[int]:
    at = data.find(name)
    while at >= 0:
        yield at
        at = data.find(name, at + 1)


class Block:
    """A block: its type, labels, attributes with the offset of their names, and the blocks inside."""

    __slots__ = ("attributes", "blocks", "end", "head_end", "labels", "start", "text", "type")

    def __init__(self, type_: str, labels: tuple[str, ...], text: Text, span: tuple[int, int, int]) -> None:
        """Start an empty block; `span` holds the offsets of its start, of its opening brace and of its end."""
        self.type = type_
        self.labels = labels
        self.text = text
        self.start, self.head_end, self.end = span
        self.attributes: dict[str, tuple[int, Expression]] = {}
        self.blocks: list[Block] = []

    def of(self, text: Text) -> Block:
        """Return the same block as that of another file with the same bytes."""
        copy = Block(self.type, self.labels, text, (self.start, self.head_end, self.end))
        copy.attributes = dict(self.attributes)
        copy.blocks = list(self.blocks)
        return copy


class Fault:
    """Where a text stops being HCL, and why."""

    __slots__ = ("because", "offset")

    def __init__(self, offset: int, because: str) -> None:
        """Hold an offset and a reason."""
        self.offset = offset
        self.because = because


def source_text(expression: Expression) -> str:
    """Return an expression as it is written, at most 200 characters; "" for one that is not understood."""
    if expression[0] == "bad":
        return ""
    text: Text = expression[1]
    return text.part(expression[2], min(expression[3], expression[2] + 800))[:200]


def number(text: str) -> Any:
    """Return the number that `text` writes, None where it is out of all bounds."""
    try:
        return parsed(text)
    except Boundless:
        return None


def composed(text: str) -> str:
    """Return a text as Terraform holds it: what can be one sign is one, as in Unicode's form NFC."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def unescape(text: str) -> str:
    """Return a quoted string with its escapes resolved."""
    if "\\" not in text and "{" not in text:
        return composed(text)
    return composed(_ESCAPE.sub(_unescaped, text))


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return _ESCAPED[match[1]]
    if match[2] or match[3]:
        code = int(match[2] or match[3], 16)
        # Half of a surrogate pair is no character: Go writes this in its place.
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return match[0][1:]
