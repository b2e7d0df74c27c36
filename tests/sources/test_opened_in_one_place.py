"""Whoever reads what is scanned opens it through `sources/inside.py`, which follows nothing out of the tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tfaudit.sources

SOURCES = Path(tfaudit.sources.__file__).parent
OPENING = frozenset({"open", "fdopen", "read_bytes", "read_text"})
ALLOWED = {
    "tree/inside.py": "it is the place",
    "tree/ignored.py": "reads .gitignore files, of the work tree above the target as well; a link is not read",
    "terraform/hcl/worker.py": "the ends of its own pipes",
    "arm/nesting.py": "asks the loader of templates, which reads through the place",
    "bicep/loading.py": "asks the loader of templates, which reads through the place",
    "tree/git_past.py": "writes what git holds into a folder of its own, each file anew",
    "tree/unclaimed.py": "the head of a file that a person named",
    "tree/git_index.py": "reads git's own folder, which may lie elsewhere: regular files only, of bounded size",
}


def opened(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in OPENING:
                yield f"line {node.lineno} calls {name}"


def test_no_source_opens_files_by_itself() -> None:
    found = {
        path.relative_to(SOURCES).as_posix(): list(opened(path))
        for path in SOURCES.rglob("*.py")
        if path.relative_to(SOURCES).parts[0] != "live"  # these read no tree
    }
    assert {name: calls for name, calls in found.items() if calls and name not in ALLOWED} == {}
    assert all(found.get(name) for name in ALLOWED), "no reason that no longer holds"
    assert list(opened(SOURCES / "tree/inside.py")), "this test sees what opens a file"
