"""Documents read by their lines are those that the parser reads: values, places, and what is broken beside them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tfaudit.model.resources import Limits, Unread
from tfaudit.sources.text import yaml_documents, yaml_events, yaml_lines
from tfaudit.sources.text.document import Document
from tfaudit.sources.text.encoding import decoded

_EXAMPLES = Path(__file__).parents[2] / "examples"
_MUTANTS = 3_000
_INSERTED = (
    ": ", "- ", "#", " #", '"', "'", "\n", "  ", " ", "{}", "[]", "[a, b]", "---\n", "...\n", "&a ", "*a", "!x ", "|",
    "|-\n", ">", "<<: ", "? ", "\t", "%", "\\", ",", "null", "yes", "1:30", "0x1f", "2001-01-01", "=", "é", "\u2028",
    "\x85", "~", "-", "--", ":", "a:b", "[", "]", "{", "}", "a: b", "k:\n", "\n\n", "\r", "\x00", "$x",
)  # fmt: skip


def by_parser(data: bytes, limits: Limits) -> list[Document | Unread]:
    return list(yaml_documents.by_parser(decoded(data), 0, "f.yaml", limits, None))


def typed(value: Any) -> Any:
    if isinstance(value, dict):
        return [(typed(key), typed(inner)) for key, inner in value.items()]
    return [typed(each) for each in value] if isinstance(value, list) else (type(value), repr(value))


def members(found: Document) -> Iterator[Any]:
    todo: list[tuple[Any, Any]] = [((), found.value)]
    while todo:
        path, value = todo.pop()
        yield found.place(path)
        steps = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        todo += [((*path, step), inner) for step, inner in steps]


def told(found: list[Document | Unread]) -> list[Any]:
    """Return all that somebody may learn of what was read."""
    return [
        each
        if isinstance(each, Unread)
        else (typed(each.value), each.line, each.separator, list(members(each)), each.duplicates == ())
        for each in found
    ]


SIMPLE = [
    "a: 1\nb:\n  c: yes\n  d: 'e: f'\n",
    '---\n# head\n\na:\n- b: 1\n  c:\n  - d\n  - -e\nf: {}\ng: [x, "y z", --w=1]\n',
    "a:\n  - b\n  -   c: 1\n      d: 2\n  - - 1\n    - 2\n  - - e: 3\n      f: []\ng:\n",
    "- 1\n- {}\n- a: b\n- |\n  x\n   y\n\n- z\n",
    "text: |-\n  one\n\n    two  \n  # three\n\nnext: |\n\n  four\n# five\nlast: 2001-01-01\n",
    '"quoted": a # told\nf:x:\n  .: {}\n  k:{"type":"Ready"}: {}\nurl: http://x.y:80/z\n$p: --a=b:c\n',
    "   a: 1\n   b: null\n",
    "on: off\n2: 0x10\n1.5: 1:30\n",
    "\n\n\na: 1 # é\n",
    "---   # nothing\n",
]
"""Documents that are read by their lines."""

OTHERS = [
    "a: &x 1\nb: *x\n",
    "a: b\n  c\n",
    "a: b\n   c: d\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: 1\na: 2\n",
    "a: [1,\n  2]\n",
    "a: >\n  b\n",
    "a: |2\n   b\n",
    "a: |\n  b",
    "a: |\n   \n b\n",
    "a: |\n\tb\n",
    "a: b: c\n",
    "a: !x b\n",
    "a: {b: c}\n",
    "a: 'it''s'\n",
    'a: "\\n"\n',
    "a:\tb\n",
    "- a\nb: c\n",
    "a: 1\n- b\n",
    "a: b #c: d\n- e\n",
    "a\n",
    "a: é\n",
    "- \n  a: 1\n",
    "--- a: 1\n",
    "a: 1\n...\nb: 2\n",
    "<<: {a: 1}\n",
    "a: 1\n---\n",
    "[a]\n",
]
"""Documents of which something has to be read by the parser, or that are none."""


@pytest.mark.parametrize("text", [*SIMPLE, *OTHERS])
def test_what_is_read_is_what_the_parser_reads(text: str) -> None:
    data = text.encode()
    assert told(list(yaml_documents.documents(data, "f.yaml", Limits()))) == told(by_parser(data, Limits()))


@pytest.mark.parametrize("text", SIMPLE)
def test_simple_documents_need_no_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events.Stream, "documents", None)
    list(yaml_documents.documents(text.encode(), "f.yaml", Limits()))


def test_lines_are_counted_over_the_documents_of_a_stream() -> None:
    data = "".join(f"---\n{text}" for text in (*SIMPLE, *OTHERS[:4], *SIMPLE)).encode()
    assert told(list(yaml_documents.documents(data, "f.yaml", Limits()))) == told(by_parser(data, Limits()))


@pytest.mark.parametrize("limits", [Limits(depth=3), Limits(depth=4), Limits(nodes=8), Limits(nodes=20)])
@pytest.mark.parametrize("text", SIMPLE)
def test_limits_hold_for_both(text: str, limits: Limits) -> None:
    data = text.encode()
    assert told(list(yaml_documents.documents(data, "f.yaml", limits))) == told(by_parser(data, limits))


def test_changed_documents_are_read_as_the_parser_reads_them() -> None:
    chance = random.Random(7)  # noqa: S311 - the same changes each time
    files = sorted(_EXAMPLES.rglob("*.yaml"))
    sound = [text for text in (each.read_text("utf-8") for each in files) if len(text) < 4_000]
    by_lines = 0
    for number in range(_MUTANTS):
        text = changed(chance.choice([*SIMPLE, *sound]), chance)
        data = text.encode("utf-8", "surrogatepass")
        assert told(list(yaml_documents.documents(data, "f.yaml", Limits()))) == told(
            by_parser(data, Limits())
        ), f"{number}: {text!r}"
        reader = yaml_lines.Lines(str, 100)
        by_lines += any(reader.read(part) is not None for _, part in yaml_lines.parts(data))
    assert len(sound) > 5
    assert by_lines > _MUTANTS // 10


def changed(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        match chance.randrange(4):
            case 0 | 1:
                text = text[:at] + chance.choice(_INSERTED) + text[at:]
            case 2:
                text = text[:at] + text[at + chance.randint(1, 6) :]
            case _:
                lines = text.split("\n")
                number = chance.randrange(len(lines))
                lines[number] = " " * chance.randint(0, 4) + lines[number].removeprefix(
                    " " * chance.randint(0, 3)
                )
                text = "\n".join(lines)
    return text
