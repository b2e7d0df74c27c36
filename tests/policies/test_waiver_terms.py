"""Who answers for a waiver, who accepted it, and for how long it may run: reported where missing, and asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tfaudit.model.resources import Place
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Waiver
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.policies.waivers import ConfiguredWaiver

TODAY = date(2026, 6, 1)
BLOCK = """
resource "aws_db_instance" "orders" {{
  identifier              = "orders"
  {comment}
  backup_retention_period = 0
}}
"""
PROFILE = "name: own\ntitle: With terms\nonly: [backup-retention]\nwaivers: {}\n"


def scanned(folder: Path, comment: str = "", terms: str = "", **said: Any) -> ScanResult:
    (folder / "code").mkdir()
    (folder / "code/main.tf").write_text(BLOCK.format(comment=comment))
    (folder / "own.yaml").write_text(PROFILE.format(terms or "{}"))
    waivers: tuple[ConfiguredWaiver, ...] = ()
    if said:
        words = {"reason": "rebuilt nightly", "until": "", "owner": "data team", **said}
        waivers = (ConfiguredWaiver("backup-retention", "*", place=Place("tfaudit.yaml"), **words),)
    choice = Choice(str(folder / "own.yaml"))
    return scan(folder / "code", Options(in_force(choice), waivers=waivers, today=TODAY))


def waiver(result: ScanResult) -> Waiver:
    (verdict,) = result.verdicts
    assert verdict.outcome is Outcome.WAIVED
    assert verdict.waiver is not None
    return verdict.waiver


@pytest.mark.parametrize("control", ["control", "compensating_control"])
def test_a_comment_names_who_it_says_and_nobody_else(tmp_path: Path, control: str) -> None:
    words = f'owner="data team" approver=j.doe ticket=OPS-12 until=2026-07-01 {control}="a copy elsewhere"'
    found = waiver(scanned(tmp_path, f"# tfaudit:ignore backup-retention {words} rebuilt nightly"))
    assert (found.owner, found.approver, found.ticket) == ("data team", "j.doe", "OPS-12")
    assert (found.until, found.compensating_control) == ("2026-07-01", "a copy elsewhere")
    assert found.reason == "rebuilt nightly"
    assert found.lacks() == []


@pytest.mark.parametrize(
    "comment", ["# tfaudit:ignore backup-retention rebuilt", "#checkov:skip=CKV_AWS_133:rebuilt"]
)
def test_a_comment_without_an_owner_has_none(tmp_path: Path, comment: str) -> None:
    found = waiver(scanned(tmp_path, comment))
    assert found.owner == ""
    assert found.lacks() == ["owner", "approver", "ticket", "until"]


def test_words_behind_the_reason_are_the_reason(tmp_path: Path) -> None:
    found = waiver(scanned(tmp_path, "# tfaudit:ignore backup-retention rebuilt by owner=data team"))
    assert (found.owner, found.reason) == ("", "rebuilt by owner=data team")


def test_an_approver_who_is_the_owner_is_none(tmp_path: Path) -> None:
    found = waiver(scanned(tmp_path, approver="Data Team"))
    assert "approver" in found.lacks()


@pytest.mark.parametrize(
    ("terms", "said", "note"),
    [
        ("{requires: [approver]}", {}, "has to name approver"),
        ("{requires: [approver]}", {"approver": "DATA TEAM"}, "the approver may not be the owner"),
        ("{requires: [ticket, until]}", {}, "has to name ticket and until"),
        ("{requires: [compensating_control]}", {}, "has to name compensating control"),
        ("{longest_days: 30}", {"until": "2026-07-02"}, "runs until 2026-07-02"),
        ("{longest_days: {high: 30}}", {}, "has no end, and one of high severity may run 30 days"),
    ],
)
def test_what_falls_short_of_the_terms_waives_nothing_and_is_told(
    tmp_path: Path, terms: str, said: dict[str, str], note: str
) -> None:
    result = scanned(tmp_path, terms=terms, **{"owner": "data team", **said})
    (verdict,) = result.verdicts
    assert verdict.outcome is Outcome.FAIL
    assert any(note in each for each in result.notes), result.notes


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("{requires: [approver, ticket]}", {"approver": "j.doe", "ticket": "OPS-12"}),
        ("{longest_days: 30}", {"until": "2026-07-01"}),
        ("{longest_days: {critical: 1}}", {}),
    ],
)
def test_what_meets_the_terms_waives(tmp_path: Path, terms: str, said: dict[str, str]) -> None:
    assert waiver(scanned(tmp_path, terms=terms, **{"owner": "data team", **said})) is not None


OWN_POLICY = """
id: own-backup
title: Backups
family: backup_retention
severity: high
kinds: [database]
require: {backup.enabled: true}
why: Because it is ours.
waivers: {longest_days: {high: 10}, requires: [ticket]}
"""


def test_a_policy_states_terms_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.yaml").write_text(OWN_POLICY)
    (tmp_path / "main.tf").write_text(
        BLOCK.format(comment="# tfaudit:ignore own-backup until=2099-01-01 ticket=OPS-1 later")
    )
    choice = Choice(ids=("own-backup",), folders=(tmp_path / "policies",))
    result = scan(tmp_path, Options(in_force(choice), today=TODAY))
    assert [each.outcome for each in result.verdicts] == [Outcome.FAIL]
    assert any("may run 10 days, today until 2026-06-11" in each for each in result.notes)


def test_the_configuration_takes_no_approver_who_is_the_owner(tmp_path: Path) -> None:
    entry = {"policy": "*", "asset": "*", "reason": "r", "owner": "data team", "approver": "Data team"}
    (tmp_path / "tfaudit.yaml").write_text(json.dumps({"waivers": [entry]}))
    done = tfaudit("scan", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "the approver is the owner" in done.stderr


def test_every_report_tells_who_and_what_is_missing(tmp_path: Path) -> None:
    comment = "# tfaudit:ignore backup-retention approver=j.doe rebuilt nightly"
    (tmp_path / "main.tf").write_text(BLOCK.format(comment=comment))
    formats = ("text", "json", "sarif", "junit", "markdown", "html")
    outputs = [word for each in formats for word in ("-o", f"{each}={each}")]
    tfaudit("scan", ".", "--policy", "backup-retention", *outputs, cwd=tmp_path)
    for each in formats:
        text = (tmp_path / each).read_text()
        assert "j.doe" in text, each
        if each != "json":
            assert "no owner" in text, each
    (verdict,) = json.loads((tmp_path / "json").read_text())["verdicts"]
    assert verdict["waiver"]["lacks"] == ["owner", "ticket", "until"]
