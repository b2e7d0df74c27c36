"""Reads HCL texts with tree-sitter into the blocks and expressions of `syntax`."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from tfaudit.sources.terraform.hcl.builder import Builder
from tfaudit.sources.terraform.hcl.faults import doubt, first_fault
from tfaudit.sources.terraform.hcl.syntax import Block, Expression, Fault, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node as Tree
    from tree_sitter import Parser

_EXPONENT = re.compile(rb"(?<![\w.])\d+[eE][+-]?\d+(?![\w.])")
_TOP_LEVEL = re.compile(
    rb"^(?:resource|data|module|variable|locals|output|provider|terraform|moved|import|check|removed)\b",
    re.MULTILINE,
)


_LONG = 200_000
_SECONDS_PER_MB = 0.7
"""Of processor time: several times what a text of any form takes that somebody writes."""


class _TooSlow(Exception):
    """The parser takes longer for a text than any that somebody writes."""


class Reader:
    """Reads HCL texts; holds the parser, which is not cheap to make."""

    def __init__(self, depth: int) -> None:
        """Load the grammar; expressions nested deeper than `depth` are not read."""
        import tree_sitter
        import tree_sitter_hcl

        self._parser: Parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
        self._range = tree_sitter.Range
        self._depth = depth

    def read(self, text: Text) -> tuple[Block, list[Fault]]:
        """Return the file's top level as a block without type, and its faults (at most one for each broken part).

        Where the text has a fault, its top-level blocks are read one by one, so that one fault costs one block.
        """
        top = Block("", (), text, (0, 0, len(text.data)))
        try:
            return top, self._filled(top, text)
        except _TooSlow:
            self._parser.reset()
            return Block("", (), text, (0, 0, len(text.data))), [Fault(0, "it takes too long to parse")]

    def _filled(self, top: Block, text: Text) -> list[Fault]:
        data = text.data
        tree = self._tree(data)
        builder = Builder(text, self._depth)
        if tree.root_node.has_error and _EXPONENT.search(data):
            # The grammar does not know `1e3`: as many digits stand for it, and its value is read from the text itself.
            data = _EXPONENT.sub(lambda found: b"1" * len(found[0]), data)
            tree = self._tree(data)
        if not tree.root_node.has_error:
            text.is_sound = data is text.data
            builder.fill(top, tree.root_node)
            return builder.faults
        starts = [match.start() for match in _TOP_LEVEL.finditer(text.data)]
        faults: list[Fault] = []
        for start, end in zip([0, *starts], [*starts, len(text.data)], strict=True):
            part = self._part(text, data, start, end)
            before = len(top.blocks)
            builder.fill(top, part)
            if part.has_error:
                faults.append(first_fault(part))
                for block in top.blocks[before:]:
                    doubt(block, (start, end))
        return faults + builder.faults

    def _tree(self, data: bytes) -> Any:
        """Return the tree of a text; a long one has a clock, since some that are hostile take quadratic time."""
        if len(data) <= _LONG:
            return self._parser.parse(data)
        until = time.thread_time() + _SECONDS_PER_MB * (1 + len(data) / 1e6)
        try:
            return self._parser.parse(
                lambda offset, _: data[offset : offset + _LONG],
                progress_callback=lambda _offset, _error: time.thread_time() > until,  # True gives up
            )
        except ValueError as error:
            raise _TooSlow from error

    def _part(self, text: Text, data: bytes, start: int, end: int) -> Tree:
        first, last = text.position(start), text.position(end)
        span = self._range((first[0] - 1, 0), (last[0] - 1, 0), start, end)
        self._parser.included_ranges = [span]
        try:
            root: Tree = self._tree(data).root_node
            return root
        finally:
            self._parser.included_ranges = []

    def comments(self, text: Text) -> Iterator[tuple[int, int]]:
        """Yield where the comments of a text start and end; what looks like one in a string or heredoc is none."""
        try:
            stack = [self._tree(text.data).root_node]
        except _TooSlow:  # it is a fault of the file already
            self._parser.reset()
            return
        found: list[tuple[int, int]] = []
        while stack:
            node = stack.pop()
            if node.type == "comment":
                found.append((node.start_byte, node.end_byte))
            else:
                stack += node.children
        yield from sorted(found)

    def expression(self, origin: str, written: str) -> Expression:
        """Return the expression that a string outside of HCL holds."""
        text = Text(origin, f"x = {written}\n".encode())
        top, faults = self.read(text)
        if faults or "x" not in top.attributes:
            return ("bad", text, 4, len(text.data) - 1, "it is no valid expression")
        return top.attributes["x"][1]

    def template(self, origin: str, written: str) -> list[str | Expression]:
        """Return the parts of the template that a string outside of HCL holds, [] where it is not valid."""
        expression = self.expression(origin, f"<<END_OF_TEMPLATE\n{written}\nEND_OF_TEMPLATE")
        if expression[0] == "bad":
            return []
        parts: list[str | Expression] = [expression[4]] if expression[0] == "lit" else list(expression[4])
        if isinstance(parts[-1], str):
            parts[-1] = parts[-1].removesuffix("\n")
        return [each for each in parts if each != ""] or [""]
