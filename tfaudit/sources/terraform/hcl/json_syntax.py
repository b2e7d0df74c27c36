"""Terraform's JSON syntax as the same blocks and expressions that HCL gives.

JSON does not tell a nested block from a map, so both come out as they are written: a dict, or a list of dicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Limits, Unread
from tfaudit.sources.terraform.hcl.reader import Reader
from tfaudit.sources.terraform.hcl.syntax import Block, Expression, Fault, Text
from tfaudit.sources.text.json_document import document

if TYPE_CHECKING:
    from tfaudit.sources.text.document import Document

_LABELS = {
    "resource": 2,
    "data": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "locals": 0,
    "terraform": 0,
}
_MOST_TWICE = 50
_INNER_BLOCKS = frozenset({"lifecycle", "required_providers", "provisioner", "connection", "content"})


def read_json(text: Text, reader: Reader, limits: Limits) -> tuple[Block, list[Fault]]:
    """Return the file's top level as a block without type, and why it could not be read, if so."""
    top = Block("", (), text, (0, 0, len(text.data)))
    found = document(text.data, text.origin, limits)
    if isinstance(found, Unread):
        return top, [Fault(text.offset(found.place.line, found.place.column), found.because)]
    if not isinstance(found.value, dict):
        return top, [Fault(0, "it holds no JSON object")]
    build = _Builder(text, found, reader)
    for type_, content in found.value.items():
        count = _LABELS.get(type_)
        if count is not None:
            build.blocks(type_, content, count, (type_,), top)
    return top, [*build.faults, *_twice(text, found)]


def _twice(text: Text, found: Document) -> Iterator[Fault]:
    """Yield a fault for each name that stands twice in an object: the first one's blocks are not in the value.

    github.com/hashicorp/hcl/blob/main/json/spec.md, "Blocks": Terraform takes both of them.
    """
    named = (each for each in found.duplicates if each.key != "//")
    for each in islice(named, _MOST_TWICE):
        because = f"{str(each.key)[:80]} stands twice, first in line {each.first_line}; only the last is read"
        yield Fault(text.offset(each.line, 1), because)


def comments(text: Text) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each member called `//`, which is how this syntax has comments."""
    found = document(text.data, text.origin, Limits())
    stack: list[tuple[Any, tuple[Any, ...]]] = [] if isinstance(found, Unread) else [(found.value, ())]
    while stack and not isinstance(found, Unread):
        value, path = stack.pop()
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            if key == "//" and isinstance(inner, str):
                yield found.place((*path, key)).line, inner
            elif isinstance(inner, (dict, list)):
                stack.append((inner, (*path, key)))


class _Builder:
    """Turns JSON members into blocks and expressions."""

    def __init__(self, text: Text, found: Document, reader: Reader) -> None:
        self.text = text
        self.document = found
        self.reader = reader
        self.faults: list[Fault] = []

    def blocks(self, type_: str, content: Any, labels: int, path: tuple[Any, ...], parent: Block) -> None:
        """Add the blocks of `content`, which has `labels` levels of names above the bodies."""
        if isinstance(content, list):
            for index, each in enumerate(content):
                self.blocks(type_, each, labels, (*path, index), parent)
        elif isinstance(content, dict) and labels:
            for name, inner in content.items():
                self.blocks(type_, inner, labels - 1, (*path, name), parent)
        elif isinstance(content, dict):
            names = tuple(str(each) for each in path[1:] if isinstance(each, str))
            parent.blocks.append(self.block(type_, names, content, path))
        elif content is not None and path[-1] != "//" and len(self.faults) < _MOST_TWICE:
            because = f"in {type_}, something other than an object stands where a block's body belongs"
            self.faults.append(Fault(self.span(path)[0], because))

    def span(self, path: tuple[Any, ...]) -> tuple[int, int]:
        """Return the offsets of a member's start and of the end of its last line."""
        place = self.document.place(path)
        start = self.text.offset(place.line, place.column)
        end = self.text.data.find(b"\n", self.text.offset(place.end_line or place.line, 1))
        return start, max(start, end if end >= 0 else len(self.text.data))

    def block(
        self, type_: str, labels: tuple[str, ...], body: dict[str, Any], path: tuple[Any, ...]
    ) -> Block:
        """Return one block with everything inside."""
        start, end = self.span(path)
        block = Block(type_, labels, self.text, (start, start, end))
        for name, value in body.items():
            below = (*path, name)
            if name == "dynamic" and isinstance(value, dict):
                for kind, each in value.items():
                    self._inner(block, "dynamic", (kind,), each, (*below, kind))
            elif name in _INNER_BLOCKS and isinstance(value, (dict, list)):
                self._inner(block, name, (), value, below)
            elif name in ("type", "provider", "iterator") and isinstance(value, str):
                block.attributes[name] = (
                    self.span(below)[0],
                    self.reader.expression(self.text.origin, value),
                )
            elif name != "//":
                block.attributes[name] = (self.span(below)[0], self.value(value, below))
        return block

    def _inner(
        self, parent: Block, type_: str, labels: tuple[str, ...], found: Any, path: tuple[Any, ...]
    ) -> None:
        """Add the one or several blocks that `found` holds."""
        for index, inner in enumerate(found if isinstance(found, list) else [found]):
            if isinstance(inner, dict):
                at = (*path, index) if isinstance(found, list) else path
                parent.blocks.append(self.block(type_, labels, inner, at))

    def value(self, value: Any, path: tuple[Any, ...]) -> Expression:
        """Return the expression that a JSON value stands for; strings are templates."""
        span = (self.text, *self.span(path))
        if isinstance(value, dict):
            pairs = [
                (("lit", *span, key), self.value(inner, (*path, key)))
                for key, inner in value.items()
                if key != "//"
            ]
            return ("object", *span, pairs)
        if isinstance(value, list):
            return ("list", *span, [self.value(inner, (*path, index)) for index, inner in enumerate(value)])
        if isinstance(value, str) and ("${" in value or "%{" in value):
            parts = self.reader.template(self.text.origin, value)
            if len(parts) == 1 and isinstance(parts[0], str):
                return ("lit", *span, parts[0])
            return ("template", *span, parts) if parts else ("bad", *span, "it is no valid template")
        return ("lit", *span, value)
