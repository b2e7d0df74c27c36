"""One run for all tests of reports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.reports.runs import run
from tfaudit.model.result import ScanResult
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.registry import Formats

Written = Callable[..., str]


@pytest.fixture(scope="session")
def result() -> ScanResult:
    """A run with everything in it that a report has to tell."""
    return run()


@pytest.fixture(scope="session")
def written(result: ScanResult) -> Written:
    """Write that run, or another, in a format."""

    def write(format_: str, run: ScanResult = result, **options: Any) -> str:
        formats = Formats()
        out: Any = io.BytesIO() if formats.is_binary(format_) else io.StringIO()
        asked = {name: options.pop(name) for name in ReportOptions.__struct_fields__ if name in options}
        formats.write(format_)(run, out, ReportOptions(**asked), **options)
        return _unpacked(out) if formats.is_binary(format_) else str(out.getvalue())

    return write


def _unpacked(archive: io.BytesIO) -> str:
    with zipfile.ZipFile(archive) as members:
        return "\n".join(members.read(name).decode() for name in members.namelist())
