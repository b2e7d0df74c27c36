"""A waiver counts with a reason and in its time, for what it names alone; and what it waives stays visible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tfaudit.policies.select import Choice, in_force
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.resources import Place
from tfaudit.scan import Options, scan
from tfaudit.verdicts import Outcome, ScanResult

BLOCK = """
resource "aws_db_instance" "orders" {{
  {inside}
  identifier              = "orders"
  backup_retention_period = 3
}}
resource "aws_db_instance" "other" {{
  identifier              = "other"
  backup_retention_period = 3
}}
"""


def scanned(tmp_path: Path, inside: str = "", *waivers: ConfiguredWaiver) -> ScanResult:
    (tmp_path / "main.tf").write_text(BLOCK.format(inside=inside))
    options = Options(in_force(Choice(ids=("backup-retention",))), waivers=waivers, today=date(2026, 6, 1))
    return scan(tmp_path, options)


def outcomes(result: ScanResult) -> dict[str, Outcome]:
    return {verdict.asset.name: verdict.outcome for verdict in result.verdicts}


@pytest.mark.parametrize(
    "comment",
    [
        "# tfaudit:ignore backup-retention rebuilt nightly from the ledger",
        "# tfaudit:ignore backup-retention until=2026-06-01 rebuilt nightly",
        "#checkov:skip=CKV_AWS_133:rebuilt nightly",
    ],
)
def test_comment_waives_its_resource_alone(tmp_path: Path, comment: str) -> None:
    result = scanned(tmp_path, comment)
    assert outcomes(result) == {"orders": Outcome.WAIVED, "other": Outcome.FAIL}
    (waived,) = [verdict for verdict in result.verdicts if verdict.outcome is Outcome.WAIVED]
    assert waived.waiver is not None
    assert waived.waiver.reason.startswith("rebuilt nightly")
    assert waived.waiver.place.line == 3


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("# tfaudit:ignore backup-retention", "without a reason"),
        ("# tfaudit:ignore backup-retention until=2026-05-31 rebuilt nightly", "ran out on 2026-05-31"),
        ("# tfaudit:ignore backup-retention until=2026-13-99 rebuilt nightly", "ran out"),
    ],
)
def test_comment_that_does_not_count_is_said_to(tmp_path: Path, comment: str, note: str) -> None:
    result = scanned(tmp_path, comment)
    assert outcomes(result)["orders"] is Outcome.FAIL
    assert any(note in each for each in result.notes)


def test_comment_about_another_policy(tmp_path: Path) -> None:
    result = scanned(tmp_path, "#checkov:skip=CKV_AWS_16:another matter")
    assert outcomes(result)["orders"] is Outcome.FAIL


@pytest.mark.parametrize(
    "asset", ["aws_db_instance.other", "aws:rds:db/other", "aws_db_instance.o*r", "other"]
)
def test_configured_waiver_names_its_asset(tmp_path: Path, asset: str) -> None:
    waiver = ConfiguredWaiver(
        "backup-*", asset, "a copy of orders", "2026-12-31", "data team", Place("tfaudit.yaml")
    )
    result = scanned(tmp_path, "", waiver)
    assert outcomes(result) == {"orders": Outcome.FAIL, "other": Outcome.WAIVED}
