"""One run for all tests of reports."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.reports.runs import run
from tfaudit.model.verdicts import ScanResult
from tfaudit.reports.registry import Formats

Written = Callable[..., str]


@pytest.fixture(scope="session")
def result() -> ScanResult:
    """A run with everything in it that a report has to tell."""
    return run()


@pytest.fixture(scope="session")
def written(result: ScanResult) -> Written:
    """Write that run, or another, in a format."""

    def write(format_: str, run: ScanResult = result, **options: object) -> str:
        out = io.StringIO()
        Formats().write(format_)(run, out, **options)
        return out.getvalue()

    return write
