"""Which block or attribute a suppressing comment in HCL belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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

    def forget(self, names: Sequence[str]) -> None:
        """Drop what was found in files, by their names."""
        for key in [key for key, (text, *_) in self._files.items() if text.origin in names]:
            del self._files[key]

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
        here = found[bisect_left(found, above, key=_line_of) : bisect_right(found, last, key=_line_of)]
        inside = _Inside(block, lines)
        for line, alone, each in here:
            if each.workspace and each.workspace != self.workspace:
                continue
            if (above <= line < first and alone) or line == first:
                yield each, ()
            elif first < line <= last:
                whole = each.tool == "checkov" or text.origin.endswith(".json")
                yield each, () if whole else inside.path(line, alone)

    def _of_file(self, text: Text) -> tuple[Text, list[Found], list[str]]:
        held = self._files.get(id(text))
        if held is None:
            found: list[Found] = []
            if any(marker in text.data for marker in _MARKERS):
                from tfaudit.sources.text.suppressions import suppressions

                found = sorted(suppressions(self._comments(text), text.origin), key=_line_of)
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


def _line_of(found: Found) -> int:
    return found[0]


class _Inside:
    """Which attribute or nested block of a block a line belongs to, looked for once for all of its comments."""

    def __init__(self, block: Block, lines: list[str]) -> None:
        self._block = block
        self._lines = lines
        self._line = self._next = 0
        self._paths: dict[int, tuple[str | int, ...]] | None = None

    def path(self, line: int, alone: bool) -> tuple[str | int, ...]:
        """Return the body path for a comment at `line`, () for none; one that stands `alone` means the next line."""
        if self._paths is None:
            self._paths = {}
            _add_paths(self._paths, self._block, ())
        return self._paths.get(self._next_line(line) if alone else line, ())

    def _next_line(self, line: int) -> int:
        """Return the next line that holds more than a comment."""
        if not self._line <= line < self._next:
            at = line
            while at < len(self._lines) and _says_nothing(self._lines[at]):
                at += 1
            self._line, self._next = line, at + 1
        return self._next


def _says_nothing(line: str) -> bool:
    bare = line.lstrip()
    return not bare or bare.startswith(("#", "//", "/*"))


def _add_paths(paths: dict[int, tuple[str | int, ...]], block: Block, above: tuple[str | int, ...]) -> None:
    """Add what each line of a block belongs to; of two on one line, the first."""
    text = block.text
    for name, (start, expression) in block.attributes.items():
        for line in range(text.line(start), text.line(expression[3]) + 1):
            paths.setdefault(line, (*above, name))
    counts: dict[str, int] = {}
    for child in block.blocks:
        name = child.labels[0] if child.type == "dynamic" and child.labels else child.type
        index = counts.get(name, 0)
        counts[name] = index + 1
        content = next((each for each in child.blocks if each.type == "content"), child)
        own = (*above, name, index)
        _add_paths(paths, content if child.type == "dynamic" else child, own)
        for line in range(text.line(child.start), text.line(child.end) + 1):
            paths.setdefault(line, own)


def _plain(each: Suppression, path: tuple[str | int, ...]) -> tuple[Any, ...]:
    place = (each.place.origin, each.place.line, each.place.column, each.place.end_line)
    return (each.tool, each.ids, each.reason, each.until, place, path, each.where, each.named)
