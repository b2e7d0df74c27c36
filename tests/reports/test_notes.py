"""What bears on the whole run (what was left out, that nothing was judged) stands in every report."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.reports.conftest import Written
from tfaudit.model.result import ScanResult
from tfaudit.reports.registry import Formats

NOTE = "12 files are left out by somewhere/.gitignore: scratch"


@pytest.mark.parametrize("format_", Formats().names)
def test_a_note_is_findable(format_: str, written: Written, result: ScanResult) -> None:
    assert NOTE not in written(format_)
    noted = written(format_, replace(result, notes=(NOTE, "another <b> note")))
    if format_ == "gitlab-codequality":  # a list of findings, and of nothing else: GitLab's documentation
        assert noted == written(format_)
        return
    assert NOTE in noted
