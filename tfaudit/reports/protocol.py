"""What a report module is to the rest."""

from __future__ import annotations

from typing import Any, Protocol

from tfaudit.model.result import ScanResult
from tfaudit.reports.options import ReportOptions


class Report(Protocol):
    """A module that writes a run in one format: `FORMAT`, its name, and `write`.

    A format that is JSON says `FORM = "json"`, so that JSON's escapes are used at the border; one of annotations for
    GitHub's runner says `FORM = "commands"`; one that is no text says `FORM = "binary"`: it needs a file, and gets it
    open for bytes.
    """

    __name__: str

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """The name of the format on the command line."""
        ...

    def write(self, result: ScanResult, out: Any, options: ReportOptions) -> None:
        """Write `result` to `out`, which takes text, or bytes for a binary form."""
        ...
