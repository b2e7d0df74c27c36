"""Takes the regular expressions of tfaudit and its policies as they were compiled when it was installed.

Python keeps what it has compiled of a module, but not of the patterns in it: compiling these takes a tenth of a small
scan. What is kept is what Python's own compiler made, in the form that its engine takes. It is used for the same
pattern and the same engine alone; any other pattern, and all of them under another Python, are compiled as ever.

It imports nothing of tfaudit's, since `hatch_build.py` uses it before there is anything to import.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import ast

FILE = Path(__file__).with_name("data") / "regexes.bin"

Key: TypeAlias = "tuple[str | bytes, int]"
"""A pattern and its flags, as they are written."""
Parts: TypeAlias = "tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]"
"""What the engine takes beside the pattern: flags, code in 32-bit words, number of groups, their numbers and names."""

_CALLS = frozenset({"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"})
_STATED = ("secret_shapes.py",)
_WORDS = frozenset({"HINT", "SHAPES", "UNMARKED"})
"""Modules that put patterns together, and the words under which these stand there."""
_OF_PYTHON = ((r"^-\d+$|^-\d*\.\d+$", 0), (r"([ -]+)", 0))
"""Patterns that argparse and urllib compile in each process."""


def load(file: Path = FILE) -> None:
    """Have `re` take what `file` keeps; nothing happens where there is no such file, or one of another Python's."""
    try:
        compiler, engine = _parts_of_python()
        stamp, kept = marshal.loads(file.read_bytes())  # noqa: S302 - part of the installation, as modules are
        if stamp == _stamp(engine):
            compiler.compile = _keeping(compiler.compile, kept, engine.compile)
    except (OSError, ImportError, AttributeError, ValueError, EOFError, TypeError):
        return


def _keeping(
    compile_: Callable[..., Any], kept: dict[Key, Parts], ready: Callable[..., Any]
) -> Callable[..., Any]:
    def compiled(pattern: Any, flags: int = 0) -> Any:
        found = kept.get((pattern, int(flags))) if pattern.__class__ in (str, bytes) else None
        if found is None:
            return compile_(pattern, flags)
        all_flags, code, groups, numbers, names = found
        return ready(pattern, all_flags, memoryview(code).cast("I").tolist(), groups, numbers, names)

    return compiled


def _parts_of_python() -> tuple[Any, Any]:
    """Return the compiler of `re`, and the engine that takes what it makes: both are Python's own business."""
    return import_module("re._compiler"), import_module("_sre")


def _stamp(engine: Any) -> tuple[str, int, int, int]:
    """Return what tells one engine from another: code for one means something else, or nothing, to another."""
    return sys.version, engine.MAGIC, engine.CODESIZE, sys.maxsize


def kept(patterns: Iterable[Key]) -> bytes:
    """Return the content of the file for `patterns`; one that is no regular expression, or warns, is left out."""
    import re
    import warnings

    compiler, engine = _parts_of_python()
    found: dict[Key, Parts] = {}
    for pattern, flags in patterns:
        taken: list[tuple[Any, ...]] = []
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                vars(compiler)["_sre"] = _Recorder(engine, taken)
                compiler.compile(pattern, flags)
        except (re.error, Warning, RecursionError, OverflowError, ValueError):
            continue
        finally:
            vars(compiler)["_sre"] = engine
        _, all_flags, code, groups, numbers, names = taken[0]
        words = b"".join(word.to_bytes(4, sys.byteorder) for word in code)
        found[pattern, flags] = (int(all_flags), words, groups, dict(numbers), tuple(names))
    return marshal.dumps((_stamp(engine), found))


class _Recorder:
    """Stands in for the engine, and writes down what it is given."""

    def __init__(self, engine: Any, taken: list[tuple[Any, ...]]) -> None:
        self._engine = engine
        self._taken = taken

    def compile(self, *parts: Any) -> Any:
        self._taken.append(parts)
        return self._engine.compile(*parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def patterns(package: Path, documents: Iterable[Any]) -> list[Key]:
    """Return the patterns that the modules below `package` write out, and those of the policies in `documents`."""
    import ast
    import runpy

    found: dict[Key, None] = dict.fromkeys(_OF_PYTHON)
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
            if isinstance(node, ast.Call):
                found.update(dict.fromkeys(_called(node)))
    for name in _STATED:
        stated = runpy.run_path(str(package / name))
        found.update(dict.fromkeys((value, 0) for word, value in stated.items() if word in _WORDS))
    for each in documents:
        found.update(dict.fromkeys((text, 0) for text in _matches(each)))
    return list(found)


def _called(node: ast.Call) -> Iterator[Key]:
    """Yield the pattern that a call of a function of `re` names, where it and its flags are written out."""
    import ast
    import re

    named = node.func
    if not (
        isinstance(named, ast.Attribute) and named.attr in _CALLS and getattr(named.value, "id", "") == "re"
    ):
        return
    pattern = node.args[0] if node.args else None
    if not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str | bytes):
        return
    given = [*node.args[1:2]] if named.attr == "compile" else []
    given += [each.value for each in node.keywords if each.arg == "flags"]
    flags = 0
    for each in given:
        for part in ast.walk(each):
            if isinstance(part, ast.Attribute):
                flags |= int(getattr(re, part.attr))
    yield pattern.value, flags


def _matches(document: Any) -> Iterator[str]:
    """Yield the texts below `matches` in a document, and the defaults of parameters, which may stand there."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name in ("matches", "default") and isinstance(value, str):
                yield value
            else:
                yield from _matches(value)
    elif isinstance(document, list):
        for each in document:
            yield from _matches(each)
