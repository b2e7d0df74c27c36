"""Quotes that a worker makes while others are judged are those that the report would make, or are not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.reports import frames_ahead
from tfaudit.reports.frames import Quotes, spot
from tfaudit.reports.frames_ahead import MOST, Ahead, made

BUCKET = """
resource "aws_s3_bucket" "b{n}" {{
  bucket = "data-{n}"
  tags = {{
    password = "hunter2-{n}"
  }}
}}
"""


@pytest.fixture
def result(tmp_path: Path) -> ScanResult:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "main.tf").write_text("\n".join(BUCKET.format(n=n) for n in range(30)), "utf-8")
    return scan(tmp_path)


class Worker:
    """Does what is asked of it at once."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def ask(self, named: tuple[str, str], items: Sequence[Any]) -> bool:
        assert named == (frames_ahead.__name__, "made")
        self.items += items
        return True

    def answers(self) -> Iterator[Any]:
        return map(made, self.items)


def test_frames_are_those_that_the_report_would_make(result: ScanResult) -> None:
    worker = Worker()
    ahead = Ahead(40, worker.ask, worker.answers)
    for part in ("one/", "two/"):
        ahead.judged(
            result.root,
            result.digests,
            [each for each in result.verdicts if each.asset.place.origin.startswith(part)],
        )
    found = ahead.frames()
    assert 10 < len(found) <= MOST
    quotes = Quotes(result.root, result.digests)
    for place, frame in found.items():
        assert frame == quotes.of(place)
        assert not any("hunter2" in text for _, text in frame.lines)


def test_a_file_that_has_changed_meanwhile_has_no_frame(result: ScanResult) -> None:
    worker = Worker()
    ahead = Ahead(40, worker.ask, worker.answers)
    ahead.judged(result.root, result.digests, result.verdicts)
    for each in ("one", "two"):
        (Path(result.root) / each / "main.tf").write_text("other\n" * 200, "utf-8")
    frames_ahead._quotes.cache_clear()
    assert ahead.frames() == {}


def test_answers_that_do_not_come_are_made_by_the_report(result: ScanResult) -> None:
    worker = Worker()
    ahead = Ahead(40, worker.ask, lambda: list(worker.answers())[:3])
    ahead.judged(result.root, result.digests, result.verdicts)
    found = ahead.frames()
    quotes = Quotes(result.root, result.digests, found)
    fails = [each for each in result.verdicts if each.outcome is Outcome.FAIL]
    assert len(found) == 3
    assert all(quotes.frame(each) is not None for each in fails if spot(each))


def test_a_scan_shows_the_same_with_workers_and_without(
    result: ScanResult, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Standard output of a scan in which a worker makes quotes, against one that recalls all and starts none."""
    top = Path(result.root)
    cold = tfaudit("scan", ".", "--no-cache", cwd=top)
    kept = {"TFAUDIT_CACHE": str(tmp_path_factory.mktemp("kept"))}
    again = [tfaudit("scan", ".", cwd=top, environment=kept) for _ in range(2)]
    assert {each.stdout for each in again} == {cold.stdout}
    assert len(re.findall(r"^ *--> ", cold.stdout, re.MULTILINE)) == 40
