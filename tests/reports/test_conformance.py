"""Every report tells every outcome, a policy that failed and a file that was not read; or states that it does not."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.reports.conftest import Written
from tfaudit.model.verdicts import Outcome, ScanResult
from tfaudit.reports.registry import Formats

FORMATS = Formats().names
GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "sarif": "sarif", "junit": "xml", "markdown": "md", "html": "html"}

# What stands for the asset of an outcome, and for the format's limit where it is told as a count alone.
ASSETS = {
    Outcome.FAIL: "aws_db_instance.orders",
    Outcome.UNKNOWN: "aws_db_instance.sized_later",
    Outcome.WAIVED: "aws_db_instance.copy",
    Outcome.ERROR: "aws_docdb_cluster.crashes",
    Outcome.PASS: "aws_db_instance.sound",
    Outcome.NOT_APPLICABLE: "aws_rds_cluster_instance.member",
}
COUNTED = {
    ("text", Outcome.PASS),
    ("text", Outcome.NOT_APPLICABLE),
    ("markdown", Outcome.PASS),
    ("markdown", Outcome.NOT_APPLICABLE),
    ("sarif", Outcome.PASS),
    ("sarif", Outcome.NOT_APPLICABLE),
}
LIMIT = "Passes and what is not applicable are told as counts"


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_findable(format_: str, outcome: Outcome, written: Written) -> None:
    if (format_, outcome) in COUNTED:
        module = importlib.import_module(Formats().write(format_).__module__)
        assert LIMIT in " ".join(str(module.__doc__).split())
        return
    assert ASSETS[outcome] in written(format_).replace("\\_", "_")


@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_not_read_is_findable(format_: str, written: Written) -> None:
    assert "broken/main.tf" in written(format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_waiver_is_findable_with_its_reason(format_: str, written: Written) -> None:
    text = written(format_)
    assert "it is rebuilt from the lake every night" in text
    assert "storage team" in text
    assert "2099-03-01" in text


@pytest.mark.parametrize("format_", FORMATS)
def test_no_secret_and_no_control_character_of_the_input_comes_out(format_: str, written: Written) -> None:
    text = written(format_)
    assert "correct-horse-battery" not in text
    assert "\x1b" not in text
    if format_ != "json":  # whoever shows a JSON string has to do so with care
        assert "\u202e" not in text


@pytest.mark.parametrize("format_", FORMATS)
def test_equal_runs_give_equal_bytes(format_: str, written: Written) -> None:
    assert written(format_) == written(format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_golden(format_: str, written: Written, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"report.{SUFFIXES[format_]}"
    if request.config.getoption("--update-golden"):
        path.write_text(written(format_), "utf-8")
    assert path.read_text("utf-8") == written(format_), (
        "run: pytest tests/reports --update-golden, and read the difference"
    )


def test_the_run_has_it_all(result: ScanResult) -> None:
    assert {each.outcome for each in result.verdicts} == set(Outcome)
    assert result.unread
