"""What a scanned text says, as far as quoting it needs: names, the values under them, and where these stand.

`source_hcl`, `source_yaml` and `source_json` turn a text into this; `source_lines` decides what of it may be shown.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct, field


class Text(Struct):
    """A value, from `start` up to `end` of the chunk's text. `value` is the text it stands for.

    `is_literal` says that it can be no secret: a switch, or nothing. `is_number` is a number. `is_whole` is False for
    a text of which only parts are written down, as in an interpolation.
    """

    start: int
    end: int
    value: str
    is_literal: bool = False
    is_number: bool = False
    is_whole: bool = True


class Many(Struct):
    """Values that stand under the same name: a list, or the parts of an expression.

    `is_shared` says that other places can refer to it, under names of their own.
    """

    items: list[Node] = field(default_factory=list)
    is_shared: bool = False


class Map(Struct):
    """Values by name; None for a name that only evaluation would tell."""

    entries: list[tuple[str | None, Node]] = field(default_factory=list)
    is_shared: bool = False


Node: TypeAlias = Text | Many | Map
Spans: TypeAlias = list[tuple[int, int]]


class Chunk(Struct):
    """A part of a file that was understood as a whole: a block, a document.

    `line` is the number of its first line, from 1; `marks` are the spans of what is no value: names, brackets, signs.
    """

    line: int
    text: str
    tree: Node
    marks: Spans
