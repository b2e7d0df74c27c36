"""Finds the sources: every module of this folder and of plug-in folders that has `claims`.

A source module has `claims(file: InputFile) -> bool`, judged by name and first bytes, and one of

    read(file: InputFile, limits: Limits) -> Iterator[Resource | Unread]
    read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]      where files belong together

One of our own may state `SUFFIXES = (".yaml", ...)`, a literal at its top: it is imported only where a name ends so. It
may have `RANK` (default 50): a file is read by the source of lowest rank that claims it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from tfaudit.plugins import Form, module_at, modules

_HERE = Path(__file__).parent
_OWN = ("terraform/__init__", "terraform_plan", "cloudformation", "kubernetes")
_FORM = Form("source", may=("SUFFIXES",), functions=(("claims",), ("read", "read_tree")))
_SUFFIXES = re.compile(r"^SUFFIXES = \(([^)]*)\)", re.MULTILINE)
_WORD = re.compile(r"\"([^\"]+)\"")


def sources(names: Iterable[str], folders: Iterable[Path] = ()) -> list[ModuleType]:
    """Return the source modules that may claim one of the files called `names`, in the order in which they may."""
    endings = {_ending(name) for name in names}
    paths = [_HERE / f"{name}.py" for name in _OWN]
    found = [module_at(path) for path in paths if _may_claim(path, endings)]
    found += [module for folder in folders for _, module in modules(folder, _FORM)]
    return sorted(found, key=lambda each: getattr(each, "RANK", 50))


def _ending(name: str) -> str:
    return name[name.rfind(".") :].lower()


def _may_claim(path: Path, endings: set[str]) -> bool:
    stated = _SUFFIXES.search(path.read_text("utf-8"))
    return stated is None or any(_ending(suffix) in endings for suffix in _WORD.findall(stated[1]))
