"""Finds the report formats: every module of this folder and of plug-in folders that states one.

A report module states its name on the command line as a literal at its top, and writes a run:

    FORMAT = "json"

    def write(result: ScanResult, out: TextIO, options: ReportOptions) -> None: ...

It is imported when its format is asked for, not before. What it writes crosses `reports/border.py` (see `protocol`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from tfaudit.discovery import Form, module_at, modules, own
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.reports.border import Border
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.output import wants_colour
from tfaudit.reports.protocol import Report

if TYPE_CHECKING:
    from tfaudit.model.result import ScanResult

Write: TypeAlias = Callable[..., Any]
"""`write(result, out, options)`; `options` may be left out, and a format may have bounds of its own by keyword."""

NOTHING_ASKED = ReportOptions()
_FORM = Form("report", text="FORMAT", functions=(("write",),))
_HERE = Path(__file__).parent


class Formats:
    """The formats of tfaudit and of plug-in folders; a plug-in's replaces ours of the same name."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Index the modules of this package, without importing them, and those of plug-ins in each of `folders`."""
        self._paths: dict[str, Path] = {}
        self._forms: dict[str, str] = {}
        for each in own(_HERE):
            if "FORMAT" in each.values:
                self._paths[each.values["FORMAT"]] = each.path
                self._forms[each.values["FORMAT"]] = each.values.get("FORM", "text")
        for folder in folders:
            for path, module in modules(folder, _FORM):
                self._paths[module.FORMAT] = path
                self._forms[module.FORMAT] = getattr(module, "FORM", "text")

    @property
    def names(self) -> list[str]:
        """The names of all formats, in order."""
        return sorted(self._paths)

    def is_binary(self, name: str) -> bool:
        """Whether a format is no text, and needs a file."""
        path = self._paths.get(name)
        return path is not None and self._forms.get(name) == "binary"

    def load(self, names: Iterable[str]) -> None:
        """Import the formats of these names ahead of their use."""
        for each in names:
            module_at(self._paths[each])

    def write(self, name: str) -> Write:
        """Return the `write` of the format called `name`; `UsageError` suggests one where there is none."""
        path = self._paths.get(name)
        if path is None:
            known = ", ".join(self.names)
            raise UsageError(
                f'unknown output format "{name}"{did_you_mean(name, self.names)} (there are {known})'
            )
        report = cast("Report", module_at(path))
        return _bordered(report, getattr(report, "FORM", "text"))


def _bordered(report: Report, form: str) -> Write:
    """Return the `write` of a format, with the border before what it is given to write to if that is text."""

    @wraps(report.write)
    def write(result: ScanResult, out: Any, options: ReportOptions = NOTHING_ASKED, **bounds: Any) -> None:
        if form == "binary":
            report.write(result, out, options, **bounds)
            return
        border = Border(out, form, colour=wants_colour(out, options.environment))
        report.write(result, border, options, **bounds)
        border.end()

    return write
