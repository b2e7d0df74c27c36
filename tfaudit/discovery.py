"""Finds the modules of every stage: tfaudit's own by what they state at their top, a plug-in's by importing it.

Sources, services and reports are modules with a few names of a stated form (`protocol` in their stages). One of our
own is imported only when it is needed, so what it states (`READS = ("aws_db_instance",)`) must be a literal. A plug-in
is a folder that somebody names on the command line or in the environment, never one that a scan finds: its modules are
run. A module that is malformed is an error, with its file and line, whosever it is: passed over, it would weaken scans
in silence.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import msgspec
from msgspec import Struct

from tfaudit import own_modules
from tfaudit.errors import UsageError

_PACKAGE = Path(__file__).parent
_STATED = _PACKAGE / "data" / "modules.json"
_TOP = f"{_PACKAGE}{os.sep}"
PREFIX = "tfaudit_plugin_"
"""What the names of plug-ins' modules begin with."""
_MEND = "mend it, or leave its folder out"
FOLDERS = ("policies", "services", "sources", "reports", "controls")
"""What a folder of plug-ins may hold."""


class Form(Struct, frozen=True):
    """What a module of one stage has to have: tuples of texts, a text, and of each group one function at least."""

    called: str
    tuples: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    text: str = ""
    functions: tuple[tuple[str, ...], ...] = ()


class Stated(Struct, frozen=True):
    """A module that is not imported yet: its file, and those of `literals.NAMES` that it states."""

    file: str
    values: Mapping[str, Any]

    @property
    def path(self) -> Path:
        """Its file."""
        return Path(self.file)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a tuple, or the keys of a map, that the module states; () where it states none."""
        return tuple(self.values.get(name, ()))


def own(folder: Path, name: str = "") -> list[Stated]:
    """Return what the modules below a folder of this package state: those called `name`, or all, in order of paths.

    They were parsed at installation. A file is read, and parsed if its bytes are others, where its size is not what it
    was, or where it was changed later: Python itself tells by size and time whether compiled modules are still good.
    Raises `ValueError` for one that states something other than a literal.
    """
    known, since = _parsed_at_installation()
    found = []
    # The order of `Path`, folder by folder, at less cost.
    files = sorted(own_modules.below(os.fspath(folder)), key=lambda file: file[0].replace(os.sep, "\0"))
    for path, state in files:
        if name and not path.endswith(f"{os.sep}{name}"):
            continue
        before = known.get(path[len(_TOP) :])
        if before is None or before.size != state.st_size or state.st_mtime_ns > since:
            values = _as_they_are(Path(path), before)
        else:
            values = before.values
        found.append(Stated(path, values))
    return found


class _Before(Struct, frozen=True):
    """What a module was at installation, and what it stated then."""

    sha256: str
    size: int
    values: dict[str, Any]


def _as_they_are(path: Path, before: _Before | None) -> dict[str, Any]:
    content = path.read_bytes()
    if before is not None and before.sha256 == hashlib.sha256(content).hexdigest():
        return before.values
    from tfaudit.literals import stated

    return stated(content.decode(), path)


@cache
def _parsed_at_installation() -> tuple[dict[str, _Before], int]:
    """Return what `hatch_build.py` has found modules to state, by their paths, and when it did, in nanoseconds."""
    try:
        known = msgspec.json.decode(_STATED.read_bytes(), type=dict[str, _Before])
    except (OSError, msgspec.MsgspecError):
        return {}, 0
    return known, _STATED.stat().st_mtime_ns


@cache
def module_at(path: Path) -> ModuleType:
    """Return the module in the file `path`, which is run; `UsageError` for a plug-in's that cannot be imported."""
    if path.is_relative_to(_PACKAGE):
        named = str(path)[len(_TOP) :].removesuffix(".py").replace(os.sep, ".")
        return importlib.import_module(f"tfaudit.{named}".removesuffix(".__init__"))
    name = PREFIX + re.sub(r"\W", "_", str(path.with_suffix("")))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path}: it cannot be imported; give it a name that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise UsageError(
            f"{_where(path, error)}: the plug-in cannot be loaded: {_said(error)}; {_MEND}"
        ) from error
    return module


def modules(folder: Path, form: Form) -> Iterator[tuple[Path, ModuleType]]:
    """Yield the modules below a plug-in's folder, in the order of their paths; those called `_x.py` are for these.

    Raises `UsageError` for one that cannot be imported, and for one that lacks what `form` wants.
    """
    for path in sorted(folder.rglob("*.py")):
        if not path.name.startswith("_"):
            module = module_at(path)
            lacking = _lacking(module, form)
            if lacking:
                raise UsageError(f"{path}: a plug-in's {form.called} needs {lacking}; {_MEND}")
            yield path, module


def check_folder(folder: Path) -> None:
    """Raise `UsageError` for a folder of plug-ins that is not there, or holds nothing that could be one."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of plug-ins")
    if not any((folder / each).is_dir() for each in FOLDERS):
        raise UsageError(
            f"{folder}: there are no plug-ins in it; put them into {'/, '.join(FOLDERS[:-1])}/ or controls/"
        )


def _lacking(module: ModuleType, form: Form) -> str:
    """Return in words the first thing that the module does not have, "" where it has all."""
    for name in (*form.tuples, *form.may):
        value: Any = getattr(module, name, None)
        if value is None and name in form.may:
            continue
        if (
            not isinstance(value, (tuple, list))
            or not value
            or not all(isinstance(each, str) for each in value)
        ):
            return f'{name}, a tuple of texts: {name} = ("...",)'
    if form.text and not re.fullmatch(r"[a-z0-9-]+", str(getattr(module, form.text, ""))):
        return f'{form.text}, a name of lower-case letters, digits and "-": {form.text} = "lines"'
    for names in form.functions:
        if not any(callable(getattr(module, name, None)) for name in names):
            return f"the function {' or '.join(names)}"
    return ""


def _where(path: Path, error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    line = 0
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{path}:{line}" if line else str(path)


def _said(error: BaseException) -> str:
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {' '.join(words.split())[:200]}"
