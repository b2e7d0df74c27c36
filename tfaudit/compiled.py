"""Takes the busiest modules of tfaudit as machine code, where it was made of them at installation and is still theirs.

`compile_modules.py` has mypyc compile them when tfaudit is installed beside mypy and a C compiler. What it makes lies
in a folder of its own and is used only where each of these modules reads as it did then: they call one another
directly, so one that was edited since would go unheard. Anywhere else Python loads the modules themselves, as if there
were nothing here.

It imports nothing of tfaudit's, since `compile_modules.py` uses it before there is anything to import.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Sequence
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).with_name("data") / "compiled"
STATED = "modules.bin"
"""The file in the folder that states of which sources what lies beside it was made."""
GROUP = "tfaudit_compiled"
"""What all of it is compiled into; the modules themselves only name it."""
SUFFIX = EXTENSION_SUFFIXES[0]
"""How the files end: it names the system, and the version of Python."""


def load(folder: Path = FOLDER) -> None:
    """Have modules imported as they were compiled; nothing happens where there is nothing, or nothing that holds."""
    try:
        made, modules = marshal.loads((folder / STATED).read_bytes())  # noqa: S302 - part of the installation
        if made == SUFFIX and all(digest(source_of(name)) == was for name, was in modules.items()):
            sys.meta_path.insert(0, _Compiled(folder, frozenset({*modules, f"{GROUP}__mypyc"})))
            sys.meta_path.append(_Decorator())
    except (OSError, ValueError, EOFError, TypeError, AttributeError):
        return


def source_of(module: str, package: Path = Path(__file__).parent) -> Path:
    """Return the file of one of tfaudit's modules."""
    return package.joinpath(*module.split(".")[1:]).with_suffix(".py")


def digest(source: Path) -> bytes:
    """Return what tells one text of a module from any other."""
    return hashlib.sha256(source.read_bytes()).digest()


def stated(modules: dict[str, bytes]) -> bytes:
    """Return the content of `STATED` for modules by name, with the digests of their sources."""
    return marshal.dumps((SUFFIX, modules))


class _Compiled:
    """Finds the compiled modules for Python's import (docs.python.org/3/reference/import.html#the-meta-path)."""

    def __init__(self, folder: Path, names: frozenset[str]) -> None:
        self._folder = str(folder)
        self._names = names

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - part of the protocol
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return where the module lies; None for any other."""
        if name not in self._names:
            return None
        file = f"{self._folder}{os.sep}{name}{SUFFIX}"
        spec = ModuleSpec(name, ExtensionFileLoader(name, file), origin=file)
        spec.has_location = True
        return spec


class _Decorator:
    """Stands in for mypy_extensions where it is not installed: compiled modules ask it for a decorator, that is all."""

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - part of the protocol
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return how the module is made; None for any other. Whoever can find it is asked before."""
        return ModuleSpec(name, self) if name == "mypy_extensions" else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python to make the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Give it the decorator, which tells mypyc something, and nobody else."""
        module.mypyc_attr = lambda **_: lambda found: found  # type: ignore[attr-defined]
