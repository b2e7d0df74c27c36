"""Finds the report formats: every module of this folder and of plug-in folders that states one.

A report module states its name on the command line as a literal at its top, and writes a run:

    FORMAT = "json"

    def write(result: ScanResult, out: TextIO) -> None: ...

It is imported when its format is asked for, not before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

from tfaudit.errors import UsageError, did_you_mean
from tfaudit.plugins import Form, module_at, modules

Write: TypeAlias = Callable[..., Any]
"""`write(result, out, **options)`; every option has a default."""

_FORMAT = re.compile(r"^FORMAT = \"([a-z0-9-]+)\"", re.MULTILINE)
_FORM = Form("report", text="FORMAT", functions=(("write",),))
_HERE = Path(__file__).parent


class Formats:
    """The formats of tfaudit and of plug-in folders; a plug-in's replaces ours of the same name."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Index the modules of this package, without importing them, and those of plug-ins in each of `folders`."""
        self._paths: dict[str, Path] = {}
        for path in sorted(_HERE.glob("*.py")):
            stated = _FORMAT.search(path.read_text("utf-8"))
            if stated is not None:
                self._paths[stated[1]] = path
        for folder in folders:
            self._paths |= {module.FORMAT: path for path, module in modules(folder, _FORM)}

    @property
    def names(self) -> list[str]:
        """The names of all formats, in order."""
        return sorted(self._paths)

    def write(self, name: str) -> Write:
        """Return the `write` of the format called `name`; `UsageError` suggests one where there is none."""
        path = self._paths.get(name)
        if path is None:
            known = ", ".join(self.names)
            raise UsageError(
                f'unknown output format "{name}"{did_you_mean(name, self.names)} (there are {known})'
            )
        write: Write = module_at(path).write
        return write
