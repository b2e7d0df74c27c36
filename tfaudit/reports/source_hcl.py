"""Blocks of HCL as names and values with their spans, by way of tree-sitter."""

from __future__ import annotations

import time
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from tfaudit.reports.source_tree import Chunk, Many, Map, Node, Spans, Text

if TYPE_CHECKING:
    from tree_sitter import Node as Tree
    from tree_sitter import Parser
    from tree_sitter import Tree as Syntax

DEPTH = 150
SECONDS = 2.0
"""The time that parsing a file may take: unclosed comments in a row take the grammar the square of their number."""
_READ = 65_536
_SHORT = 8_000
"""Bytes that are parsed without looking at the clock: whatever they are, that is done in some milliseconds."""


class Blocks:
    """The top-level parts of a file; each is looked into when a line of it is asked for."""

    def __init__(self, text: str) -> None:
        """Parse `text`; of one that is not wholly HCL there are no parts."""
        self._data = text.encode()
        self._tree = _parsed(self._data)
        self._parts: list[Tree] = []
        self.is_sound = self._tree is not None and not self._tree.root_node.has_error
        if self._tree is not None and self.is_sound:
            root = self._tree.root_node
            self._parts = [part for body in root.children if body.type == "body" for part in body.children]
            self._parts = [part for part in self._parts if part.type != "comment"]
        self._starts = [part.start_point[0] + 1 for part in self._parts]

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self._parts)

    def part(self, line: int) -> int:
        """Return the number of the part that stands on `line`; -1 where none does."""
        at = bisect_right(self._starts, line) - 1
        return at if at >= 0 and self._parts[at].end_point[0] + 1 >= line else -1

    def chunk(self, number: int, limit: int) -> Chunk | None:
        """Return a part; None for one of more than `limit` bytes, or nested deeper than anybody writes."""
        part = self._parts[number]
        start = self._data.rfind(b"\n", 0, part.start_byte) + 1
        if part.end_byte - start > limit or self._data[start : part.start_byte].strip():
            return None
        reader = _Reader(self._data, start)
        reader.entry(part, entries := Map(), 0)
        if reader.is_too_deep:
            return None
        text = self._data[start : part.end_byte].decode()
        return Chunk(self._starts[number], text, entries, _in_characters(reader.marks, text, reader.texts))


def block(text: str, limit: int) -> Chunk | None:
    """Return the one block that `text` is; None where it is something else, or not understood (`Blocks.chunk`)."""
    blocks = Blocks(text)
    return blocks.chunk(0, limit) if blocks.count == 1 else None


def _parsed(data: bytes) -> Syntax | None:
    """Return the tree of a text; None where making it takes too long."""
    if len(data) <= _SHORT:
        return _parser().parse(data)
    until = time.monotonic() + SECONDS
    try:
        return _parser().parse(
            lambda offset, _: data[offset : offset + _READ],
            progress_callback=lambda *_: time.monotonic() > until,  # True gives up
        )
    except ValueError:
        return None


@cache
def _parser() -> Parser:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language()))


def _in_characters(marks: Spans, text: str, texts: list[Text]) -> Spans:
    """Return `marks` as offsets of characters, and change those of `texts`: tree-sitter counts bytes."""
    if text.isascii():
        return marks
    at: list[int] = []
    for index, character in enumerate(text):
        at += [index] * len(character.encode())
    at.append(len(text))
    for each in texts:
        each.start, each.end = at[each.start], at[each.end]
    return [(at[start], at[end]) for start, end in marks]


class _Reader:
    """Builds the tree of one part; offsets count from `base`."""

    def __init__(self, data: bytes, base: int) -> None:
        self._data = data
        self._base = base
        self.marks: Spans = []
        self.texts: list[Text] = []
        self.is_too_deep = False

    def entry(self, node: Tree, into: Map, depth: int) -> None:
        """Add an attribute or a block to `into`."""
        if node.type == "attribute":
            name, *rest = node.children
            self._mark(name)
            into.entries.append((self._words(name), self._all(rest, depth)))
        elif node.type == "block":
            self._block(node, into, depth)

    def _block(self, node: Tree, into: Map, depth: int) -> None:
        """Add a block: its type and labels are names, the one within the other."""
        inner = into
        body = Map()
        for child in node.children:
            if child.type in ("identifier", "string_lit"):
                self._leaves(child)
                step = (
                    body if child.next_sibling is None or child.next_sibling.type == "block_start" else Map()
                )
                inner.entries.append((self._words(child).strip('"'), step))
                inner = step
            elif child.type == "body":
                for each in child.children:
                    self.entry(each, body, depth + 1)
            elif child.type != "comment":
                self._leaves(child)

    def _all(self, nodes: list[Tree], depth: int) -> Node:
        """Return what some neighbouring nodes hold, under one name."""
        found = [self._value(each, depth) for each in nodes if each.type != "comment"]
        kept = [each for each in found if each is not None]
        return kept[0] if len(kept) == 1 else Many(kept)

    def _value(self, node: Tree, depth: int) -> Node | None:
        """Return the values at a node; None where it holds none, and is all names and signs."""
        if depth > DEPTH:
            self.is_too_deep = True
            return None
        kind = node.type
        if kind == "object":
            return self._object(node, depth)
        if kind == "function_call" and self._words(node.children[0]) == "sensitive":
            return Map([("secret", self._all(node.children, depth + 1))])
        if kind in ("string_lit", "quoted_template", "heredoc_template"):
            return self._string(node, depth)
        if kind in ("numeric_lit", "bool_lit", "null_lit"):
            return self._text(node, is_literal=kind != "numeric_lit", is_number=kind == "numeric_lit")
        if not node.children:
            self._mark(node)
            return None
        return self._all(node.children, depth + 1)

    def _object(self, node: Tree, depth: int) -> Map:
        found = Map()
        for child in node.children:
            if child.type != "object_elem":
                if child.type != "comment":
                    self._leaves(child)
                continue
            parts = [each for each in child.children if each.type != "comment"]
            name = self._words(parts[0])
            is_name = name.strip('"').replace("-", "_").replace(".", "_").isidentifier()
            if is_name:
                self._leaves(parts[0])
                found.entries.append((name.strip('"'), self._all(parts[1:], depth + 1)))
            else:
                found.entries.append((None, self._all(parts, depth + 1)))
        return found

    def _string(self, node: Tree, depth: int) -> Node:
        if node.type == "heredoc_template":
            for child in node.children:
                if child.type in ("heredoc_start", "heredoc_identifier"):
                    self._leaves(child)
            return self._text(node, is_whole=False)
        inner = [each for each in node.children if each.type.startswith("template_") and each.children]
        whole = self._text(node, is_whole=not inner)
        return Many([whole, self._all(inner, depth + 1)]) if inner else whole

    def _text(
        self, node: Tree, *, is_literal: bool = False, is_number: bool = False, is_whole: bool = True
    ) -> Text:
        start, end = node.start_byte - self._base, node.end_byte - self._base
        text = Text(start, end, self._words(node).strip('"'), is_literal, is_number, is_whole)
        self.texts.append(text)
        return text

    def _leaves(self, node: Tree) -> None:
        if not node.children:
            self._mark(node)
        for child in node.children:
            if child.type != "comment":
                self._leaves(child)

    def _mark(self, node: Tree) -> None:
        self.marks.append((node.start_byte - self._base, node.end_byte - self._base))

    def _words(self, node: Tree) -> str:
        return self._data[node.start_byte : node.end_byte].decode()
