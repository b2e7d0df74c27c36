"""No pattern of tfaudit takes more than linear time, whatever it is given: scanned input is hostile."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.pumping import slow

PACKAGE = Path(__file__).parents[1] / "tfaudit"
_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "split")
# Patterns over tfaudit's own code, and over names that a person gives on the command line.
_OWN_INPUT = ("services/registry.py", "sources/registry.py", "reports/registry.py")


class Pattern(NamedTuple):
    """A pattern as it stands in the code, and how it is asked."""

    where: str
    text: str | bytes
    flags: int
    method: str


def patterns() -> Iterator[Pattern]:
    """Yield each pattern that is written out in tfaudit's code, once for each way in which it is used."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name not in _OWN_INPUT:
            yield from _of_module(name, ast.parse(path.read_text("utf-8")))


def _of_module(name: str, tree: ast.Module) -> Iterator[Pattern]:
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _METHODS:
            used.setdefault(node.value.id, set()).add(node.attr)
    named = {
        node.value: node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        text = _written(node.args[0])
        if text is None:
            continue
        methods = {node.func.attr}
        if node.func.attr == "compile":
            methods = used.get(named.get(node, ""), set()) or {"search"}
        for method in sorted(methods & set(_METHODS)):
            yield Pattern(f"{name}:{node.lineno}", text, _flags(node), method)


def _written(node: ast.expr) -> str | bytes | None:
    """Return the pattern, with a word in place of what is filled in; None for what is made at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "word" for each in node.values)
    return None


def _flags(node: ast.Call) -> int:
    names = [
        each.attr
        for given in (*node.args[1:], *node.keywords)
        for each in ast.walk(given)
        if isinstance(each, ast.Attribute)
    ]
    return sum(int(getattr(re, each)) for each in names if each.isupper())


ALL = list(patterns())


def test_the_patterns_are_found() -> None:
    assert len(ALL) > 80
    assert {each.method for each in ALL} >= {"search", "match", "fullmatch", "finditer", "sub"}


@pytest.mark.parametrize("pattern", ALL, ids=[f"{each.where} {each.method}" for each in ALL])
def test_it_takes_linear_time(pattern: Pattern) -> None:
    assert slow(re.compile(pattern.text, pattern.flags), pattern.method) == "", pattern.text


@pytest.mark.parametrize(
    ("text", "method"),
    [
        (r"^\s*variable\s", "search"),
        (r"(a|aa)+$", "match"),
        (r"<[^>]*>", "search"),
        (r"\$\{\s*([^}]+?)\s*\}", "search"),
        (r"(?:\w+\s*)*;", "match"),
    ],
)
def test_what_is_worse_than_linear_is_noticed(text: str, method: str) -> None:
    flags = re.MULTILINE if text.startswith("^") else 0

    assert slow(re.compile(text, flags), method) != ""
