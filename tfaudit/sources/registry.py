"""Finds the sources: every module of this folder and of plug-in folders that has `claims`.

A source module has `claims(file: InputFile) -> bool`, judged by name and first bytes, and one of

    read(file: InputFile, limits: Limits) -> Iterator[Resource | Unread]
    read_tree(files: list[InputFile], tree: Tree) -> Iterator[Resource | Unread]      where files belong together

and may have `RANK` (default 50): a file is read by the source of lowest rank that claims it.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

_HERE = Path(__file__).parent
_OWN = ("terraform", "terraform_plan", "cloudformation", "kubernetes")


def sources(folders: Iterable[Path] = ()) -> list[ModuleType]:
    """Return the source modules in the order in which they may claim a file."""
    found = [importlib.import_module(f"tfaudit.sources.{name}") for name in _OWN]
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            spec = importlib.util.spec_from_file_location(f"tfaudit_plugin_source_{path.stem}", path)
            if spec is not None and spec.loader is not None:
                module = importlib.util.module_from_spec(spec)
                sys.modules[spec.name] = module
                spec.loader.exec_module(module)
                found.append(module)
    return sorted(
        (each for each in found if hasattr(each, "claims")), key=lambda each: getattr(each, "RANK", 50)
    )
