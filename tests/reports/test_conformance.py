"""Every report tells every outcome, a policy that failed and a file that was not read; or states that it does not."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tests.reports.conftest import Written
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.reports.registry import Formats

FORMATS = Formats().names
ESTATE = Path(__file__).parents[2] / "examples/estate/faulty/terraform"
GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "sarif": "sarif", "junit": "xml", "markdown": "md", "html": "html"}

# What stands for the asset of an outcome, and for the format's limit where it is only counted.
ASSETS = {
    Outcome.FAIL: "aws_db_instance.orders",
    Outcome.UNKNOWN: "aws_db_instance.sized_later",
    Outcome.WAIVED: "aws_db_instance.copy",
    Outcome.ERROR: "aws_docdb_cluster.crashes",
    Outcome.PASS: "aws_db_instance.sound",
    Outcome.NOT_APPLICABLE: "aws_rds_cluster_instance.member",
}
COUNTED = {"text": " ", "markdown": "|", "sarif": "", "github": "", "gitlab-sast": ""}
"""Formats that tell passes and what is not applicable as counts, and what parts the columns of their tables."""


NOT_TOLD = {"gitlab-codequality"}
"""Formats that have no room for passes and what is not applicable."""


def counts(format_: str, text: str, outcome: Outcome) -> int:
    """Return how many verdicts of `outcome` a report says that there are."""
    if format_ == "sarif":
        return int(json.loads(text)["runs"][0]["properties"]["summary"]["outcomes"][outcome.value])
    if format_ in ("github", "gitlab-sast"):
        return int(re.findall(rf"(\d+) {outcome.value.replace('_', ' ')}\b", text)[-1])
    columns = {"n/a": "not_applicable", "not applicable": "not_applicable"}
    parts = r"\s*\|\s*" if format_ == "markdown" else r"\s{2,}|(?<=[a-z])\s+(?=[a-z])"
    rows = [re.split(parts, line.strip(" |")) for line in text.splitlines()]
    at = next(number for number, row in enumerate(rows) if row[0].lower() == "severity")
    column = [columns.get(each, each) for each in rows[at]].index(outcome.value)
    severities = {"critical", "high", "medium", "low"}
    return sum(int(row[column]) for row in rows[at:] if row[0] in severities and len(row) == len(rows[at]))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_findable(
    format_: str, outcome: Outcome, written: Written, result: ScanResult
) -> None:
    text = written(format_)
    if format_ in NOT_TOLD and outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        assert ASSETS[outcome] not in text
    elif format_ in COUNTED and outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        assert counts(format_, text, outcome) == result.count(outcome) > 0
    else:
        assert ASSETS[outcome] in text.replace("\\_", "_")


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


def test_equal_runs_of_two_processes_give_equal_bytes(tmp_path: Path) -> None:
    shutil.copytree(ESTATE, tmp_path / "estate")
    kept = []
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1750000000"}
        files = {each: tmp_path / f"{each}-{seed}" for each in FORMATS}
        outputs = [f"-o={each}={path}" for each, path in files.items()]
        done = tfaudit(
            "scan", "estate", "--fail-on", "never", *outputs, cwd=tmp_path, environment=environment
        )
        assert done.returncode == 0, done.stderr
        kept.append({each: path.read_bytes() for each, path in files.items()})
    assert kept[0] == kept[1]


@pytest.mark.parametrize("format_", SUFFIXES)
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
