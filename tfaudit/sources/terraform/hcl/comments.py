"""Which block or attribute a suppressing comment in HCL belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from tfaudit.model.resources import Suppression
    from tfaudit.sources.terraform.hcl.reader import Reader
    from tfaudit.sources.terraform.hcl.syntax import Block, Text
    from tfaudit.sources.text.suppressions import Comment

_MARKERS = (b":ignore", b":skip")

Found: TypeAlias = "tuple[int, bool, Suppression]"


class Comments:
    """The suppressions of files, looked for once in each."""

    def __init__(self, reader: Reader) -> None:
        """Start with no file looked at; `reader` tells comments from strings."""
        self._reader = reader
        self._files: dict[int, tuple[Text, list[Found], list[str]]] = {}
        self.workspace = "default"

    def of(self, block: Block, calls: tuple[Block, ...] = ()) -> tuple[Any, ...]:
        """Return what comments ask for `block`, as plain tuples; `calls` are the module calls that it is made by.

        A comment above the block (or above other comments above it), on its first line, or checkov's anywhere inside
        covers the resource; one on an attribute's line or alone above an attribute covers that attribute. One at a
        module call covers all that the call makes.
        """
        result = [_plain(each, path) for each, path in self._at(block)]
        for call in calls:
            result += [_plain(each, ()) for each, _ in self._at(call)]
        return tuple(result)

    def _at(self, block: Block) -> Iterator[tuple[Suppression, tuple[str | int, ...]]]:
        _, found, lines = self._of_file(block.text)
        if not found:
            return
        text = block.text
        first, last = text.line(block.start), text.line(block.end)
        above = first
        while above > 1 and lines[above - 2].lstrip().startswith(("#", "//", "/*", "*")):
            above -= 1
        for line, alone, each in found:
            if each.workspace and each.workspace != self.workspace:
                continue
            if (above <= line < first and alone) or line == first:
                yield each, ()
            elif first < line <= last:
                whole = each.tool == "checkov" or text.origin.endswith(".json")
                yield each, () if whole else _path_at(block, _next_line(lines, line) if alone else line)

    def _of_file(self, text: Text) -> tuple[Text, list[Found], list[str]]:
        held = self._files.get(id(text))
        if held is None:
            found: list[Found] = []
            if any(marker in text.data for marker in _MARKERS):
                from tfaudit.sources.text.suppressions import suppressions

                found = suppressions(self._comments(text), text.origin)
            lines = text.data.decode("utf-8", "replace").split("\n") if found else []
            held = self._files[id(text)] = (text, found, lines)
        return held

    def _comments(self, text: Text) -> Iterator[Comment]:
        """Yield the comments of a file: in HCL what the grammar says, in JSON the members called `//`."""
        from tfaudit.sources.text.suppressions import Comment

        if text.origin.endswith(".json"):
            from tfaudit.sources.terraform.hcl.json_syntax import comments

            for line, words in comments(text):
                yield Comment(line, 1, f"# {words}", True)
            return
        for start, end in self._reader.comments(text):
            for number, words in enumerate(text.part(start, end).split("\n")):
                line, column = text.position(start)
                before = text.data[text.data.rfind(b"\n", 0, start) + 1 : start] if not number else b""
                yield Comment(line + number, column if not number else 1, words, not before.strip())


def _next_line(lines: list[str], line: int) -> int:
    """Return the next line that holds more than a comment."""
    at = line
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith(("#", "//", "/*"))):
        at += 1
    return at + 1


def _path_at(block: Block, line: int) -> tuple[str | int, ...]:
    """Return the body path of the attribute or nested block that stands at `line`, () for none."""
    text = block.text
    for name, (start, expression) in block.attributes.items():
        if text.line(start) <= line <= text.line(expression[3]):
            return (name,)
    counts: dict[str, int] = {}
    for child in block.blocks:
        name = child.labels[0] if child.type == "dynamic" and child.labels else child.type
        index = counts.get(name, 0)
        counts[name] = index + 1
        if text.line(child.start) <= line <= text.line(child.end):
            content = next((each for each in child.blocks if each.type == "content"), child)
            return (name, index, *_path_at(content if child.type == "dynamic" else child, line))
    return ()


def _plain(each: Suppression, path: tuple[str | int, ...]) -> tuple[Any, ...]:
    place = (each.place.origin, each.place.line, each.place.column, each.place.end_line)
    return (each.tool, each.ids, each.reason, each.until, place, path, each.where, each.named)
