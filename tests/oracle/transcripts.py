r"""Transcripts of `terraform console`: expressions with the answers that Terraform gave.

A line `> EXPRESSION` begins an entry, lines `: MORE` continue the expression, and what follows up to the next `> ` or
`# ` is the answer as the console prints it, or `! TITLE` where it is an error. `(known after apply)` is a value that
Terraform does not know either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "terraform"
ROOT = FOLDER / "root"

REFUSED = "! "


@dataclass(frozen=True, slots=True)
class Entry:
    """One expression with its recorded answer; `family` is the transcript's name."""

    family: str
    expression: str
    answer: str


class Unknown:
    """What Terraform does not know before it applies."""

    def __repr__(self) -> str:
        return "(known after apply)"


UNKNOWN = Unknown()


def families() -> list[Path]:
    """The transcripts, by name."""
    return sorted(FOLDER.glob("*.console"))


def read(path: Path) -> list[Entry]:
    """The entries of one transcript."""
    entries: list[Entry] = []
    for block in _blocks(path):
        if block[0].startswith("> "):
            count = 1 + sum(1 for _ in _continued(block[1:]))
            written = "\n".join(line[2:] for line in block[:count])
            entries.append(Entry(path.stem, written, "\n".join(block[count:]).rstrip("\n")))
    return entries


def write(path: Path, answers: Iterable[str]) -> None:
    """Put `answers`, one for each entry in order, in the place of those that are recorded."""
    left = iter(answers)
    lines: list[str] = []
    for block in _blocks(path):
        if not block[0].startswith("> "):
            lines += ["", *block] if lines else block
            continue
        count = 1 + sum(1 for _ in _continued(block[1:]))
        answer = next(left)
        assert not re.search(r"^(?:> |# |: )", answer, re.MULTILINE), answer
        lines += [*block[:count], *(answer.split("\n") if answer else [])]
    path.write_bytes(("\n".join(lines) + "\n").encode())


def _blocks(path: Path) -> list[list[str]]:
    """Comments and entries, each as its lines; blank lines before comments are not kept."""
    found: list[list[str]] = []
    for line in path.read_bytes().decode().rstrip("\n").split("\n"):
        if line.startswith(("> ", "# ")) or not found:
            found.append([line])
        else:
            found[-1].append(line)
    for block in found:
        while len(block) > 1 and not block[-1]:
            block.pop()
    return found


def _continued(lines: list[str]) -> Iterable[str]:
    for line in lines:
        if not line.startswith(": ") and line != ":":
            return
        yield line


def value(answer: str) -> Any:
    """An answer as plain data: numbers are `Decimal`, sets and tuples lists, and what is not known is `UNKNOWN`."""
    rendered = _Rendered(answer)
    found = rendered.value(0)
    assert rendered.at == len(answer), answer[rendered.at :]
    return found


class _Rendered:
    """Reads what the console prints for a value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def value(self, indent: int) -> Any:
        for wrapped in ("tolist(", "toset(", "tomap(", "tostring(", "tonumber(", "tobool("):
            if self._taken(wrapped):
                inner = self.value(indent)
                self._expect(")")
                self._match(r"(?: /\* .* \*/)?")
                return inner
        if self._taken("(known after apply)"):
            return UNKNOWN
        if self._taken("["):
            return self._list(indent + 2)
        if self._taken("{"):
            return self._mapping(indent + 2)
        if self.text.startswith("<<", self.at):
            return self._heredoc(indent)
        if self.text.startswith('"', self.at):
            return self._quoted()
        word = self._match(r"null(?: /\* .* \*/)?|true|false|[-+]?[\w.]+")
        if word.startswith("null"):
            return None
        return {"true": True, "false": False}[word] if word in ("true", "false") else Decimal(word)

    def _list(self, indent: int) -> list[Any]:
        found = []
        while not self._closed("]"):
            found.append(self.value(indent))
            self._expect(",")
        return found

    def _mapping(self, indent: int) -> dict[str, Any]:
        found = {}
        while not self._closed("}"):
            key = self.value(indent)
            self._expect(" = ")
            found[key] = self.value(indent)
        return found

    def _closed(self, sign: str) -> bool:
        self._match(r"\s*")
        return self._taken(sign)

    def _heredoc(self, indent: int) -> str:
        mark = self._match(r"<<-?\w+\n").strip("<-\n")
        lines: list[str] = []
        while True:
            line = self._match(r"[^\n]*")
            end = line.lstrip(" ")
            if end.rstrip(",)") == mark:
                self.at -= len(end) - len(mark)
                return "\n".join(lines)
            lines.append(line[indent:])
            self._expect("\n")

    def _quoted(self) -> str:
        """A string as Go quotes it."""
        written = self._match(r'"(?:[^"\\]|\\.)*"')[1:-1]
        plain = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

        def meant(escape: re.Match[str]) -> str:
            sign = escape[1]
            return chr(int(sign[1:], 16)) if sign[0] in "xuU" else plain.get(sign, sign)

        return re.sub(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)", meant, written)

    def _match(self, pattern: str) -> str:
        found = re.compile(pattern).match(self.text, self.at)
        assert found, f"{pattern!r} is not at {self.text[self.at :][:60]!r}"
        self.at = found.end()
        return found[0]

    def _taken(self, text: str) -> bool:
        taken = self.text.startswith(text, self.at)
        self.at += len(text) if taken else 0
        return taken

    def _expect(self, text: str) -> None:
        assert self._taken(text), f"{text!r} is not at {self.text[self.at :][:60]!r}"
