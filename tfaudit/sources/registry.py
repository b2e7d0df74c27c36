"""Finds the sources: every module of this folder and of plug-in folders that has `claims`.

A source module has `claims(file: InputFile) -> bool`, judged by name and first bytes, and one of

    read(file: InputFile, limits: Limits) -> Iterator[Resource | Unread]
    read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]      where files belong together

One of our own is a package that states `SUFFIXES = (".yaml", ...)`, a literal at its top: it is imported only where a
name ends so. It may have `RANK` (default 50): a file is read by the source of lowest rank that claims it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from tfaudit.discovery import Form, module_at, modules, own
from tfaudit.sources.protocol import Source

_HERE = Path(__file__).parent
_FORM = Form("source", may=("SUFFIXES",), functions=(("claims",), ("read", "read_tree")))


def sources(names: Iterable[str], folders: Iterable[Path] = ()) -> list[Source]:
    """Return the source modules that may claim one of the files called `names`, in the order in which they may."""
    endings = {_ending(name) for name in names}
    found = [
        module_at(each.path)
        for each in own(_HERE, "__init__.py")
        if not endings.isdisjoint(map(_ending, each.texts("SUFFIXES")))
    ]
    found += [module for folder in folders for _, module in modules(folder, _FORM)]
    return [cast("Source", each) for each in sorted(found, key=lambda each: getattr(each, "RANK", 50))]


def _ending(name: str) -> str:
    """Return the last suffix of a name, with its dot; all of the name, without folders, where it has none."""
    own = name.rpartition("/")[2].lower()
    return own[max(own.rfind("."), 0) :]
