"""Which block or attribute a suppressing comment in HCL belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from tfaudit.resources import Suppression
    from tfaudit.sources.terraform.syntax import Block, Text

_MARKERS = (b"tfaudit:ignore", b"checkov:skip", b"trivy:ignore", b"tfsec:ignore")

Found: TypeAlias = "tuple[int, bool, Suppression]"


class Comments:
    """The suppressions of files, looked for once in each."""

    def __init__(self) -> None:
        """Start with no file looked at."""
        self._files: dict[int, tuple[Text, list[Found], list[str]]] = {}

    def of(self, block: Block) -> tuple[Any, ...]:
        """Return what comments ask for `block`, as plain tuples.

        A comment above the block (or above other comments above it), on its first line, or checkov's anywhere inside
        covers the resource; one on an attribute's line or alone above an attribute covers that attribute.
        """
        text = block.text
        held = self._files.get(id(text))
        if held is None:
            found: list[Found] = []
            if any(marker in text.data for marker in _MARKERS):
                from tfaudit.sources.suppressions import suppressions

                found = suppressions(text.data.decode("utf-8", "replace"), text.origin)
            lines = text.data.decode("utf-8", "replace").split("\n") if found else []
            held = self._files[id(text)] = (text, found, lines)
        if not held[1]:
            return ()
        first, last = text.line(block.start), text.line(block.end)
        above = first
        while above > 1 and held[2][above - 2].lstrip().startswith(("#", "//", "/*", "*")):
            above -= 1
        result = []
        for line, alone, each in held[1]:
            if (above <= line < first and alone) or line == first:
                result.append(_plain(each, ()))
            elif first < line <= last:
                path = (
                    ()
                    if each.tool == "checkov"
                    else _path_at(block, _next_line(held[2], line) if alone else line)
                )
                result.append(_plain(each, path))
        return tuple(result)


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
    return (each.tool, each.ids, each.reason, each.until, place, path)
