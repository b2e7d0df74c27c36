"""Finds the report formats: every module of this folder and of plug-in folders that states one.

A report module states its name on the command line as a literal at its top, and writes a run:

    FORMAT = "json"

    def write(result: ScanResult, out: TextIO) -> None: ...

It is imported when its format is asked for, not before. What it writes crosses `reports/border.py`; a format that is
JSON says `FORM = "json"`, so that JSON's escapes are used there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from tfaudit.discovery import Form, module_at, modules, own
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.reports.border import Border
from tfaudit.reports.output import wants_colour

if TYPE_CHECKING:
    from typing import TextIO

    from tfaudit.model.verdicts import ScanResult

Write: TypeAlias = Callable[..., Any]
"""`write(result, out, **options)`; every option has a default."""

_FORM = Form("report", text="FORMAT", functions=(("write",),))
_HERE = Path(__file__).parent


class Formats:
    """The formats of tfaudit and of plug-in folders; a plug-in's replaces ours of the same name."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Index the modules of this package, without importing them, and those of plug-ins in each of `folders`."""
        self._paths: dict[str, Path] = {}
        for each in own(sorted(_HERE.glob("*.py"))):
            if "FORMAT" in each.values:
                self._paths[each.values["FORMAT"]] = each.path
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
        return _bordered(module_at(path))


def _bordered(module: ModuleType) -> Write:
    """Return the `write` of a format, with the border before what it is given to write to."""
    form = getattr(module, "FORM", "text")

    @wraps(module.write)
    def write(result: ScanResult, out: TextIO, **options: Any) -> None:
        border = Border(out, form, colour=wants_colour(out, options.get("environment", {})))
        module.write(result, cast("TextIO", border), **options)
        border.end()

    return write
