"""`tfaudit.yaml`: every word does what it says, and a fault is named with its place and the nearest right word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit, verdicts
from tfaudit.config import read
from tfaudit.errors import TfauditError

WEAK = """
variable "days" { default = 3 }
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  backup_retention_period = var.days
}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(WEAK)
    return tmp_path


def scan(repository: Path, configuration: str) -> tuple[int, list[str]]:
    (repository / "tfaudit.yaml").write_text(configuration)
    done = tfaudit("scan", "--policy", "backup-retention", "-o", "json", cwd=repository)
    assert "Traceback" not in done.stderr
    return done.returncode, [each["outcome"] for each in verdicts(done)]


@pytest.mark.parametrize(
    ("configuration", "code", "outcomes"),
    [
        ("", 1, ["fail"]),
        ("gate: {fail_on: critical}", 0, ["fail"]),
        ("severities: {backup-retention: low}\ngate: {fail_on: medium}", 0, ["fail"]),
        ("parameters: {backup-retention: {days: 2}}", 0, ["pass"]),
        ("terraform: {variables: {days: '30'}}", 0, ["pass"]),
        (
            "waivers: [{policy: backup-retention, asset: '*', reason: rebuilt nightly, owner: data team}]",
            0,
            ["waived"],
        ),
        (
            "waivers: [{policy: backup-retention, asset: '*', reason: r, owner: o, until: 2020-01-01}]",
            1,
            ["fail"],
        ),
    ],
)
def test_words_do_what_they_say(repository: Path, configuration: str, code: int, outcomes: list[str]) -> None:
    assert scan(repository, configuration) == (code, outcomes)


def test_variable_file_beside_the_configuration(repository: Path) -> None:
    (repository / "production.tfvars").write_text("days = 35\n")
    assert scan(repository, "terraform: {variable_files: [production.tfvars]}") == (0, ["pass"])


def test_profile_beside_the_configuration(repository: Path) -> None:
    (repository / "strict.yaml").write_text("name: strict\nparameters: {backup-retention: {days: 2}}\n")
    assert scan(repository, "profile: strict.yaml") == (0, ["pass"])


def test_accepted_gap_is_shown_and_does_not_count(repository: Path) -> None:
    (repository / "old").mkdir()
    (repository / "old/main.tf").write_text("resource {{{")
    (repository / "tfaudit.yaml").write_text(
        "gate: {fail_on: never}\naccept_unread: [{match: 'old/*', reason: kept for reference}]\n"
    )
    done = tfaudit("scan", "-o", "json", cwd=repository)
    assert done.returncode == 0
    gaps = json.loads(done.stdout)["unread"]
    assert {gap["accepted"] for gap in gaps} == {"kept for reference"}


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("profil: default", 'did you mean "profile"'),
        ("gate: {fail_on: dire}", "gate.fail_on"),
        ("gate: {max_unknown: -1}", "gate.max_unknown"),
        ("waivers: [{policy: a, asset: b, owner: c}]", "waivers.0.reason"),
        ("waivers: [{policy: a, asset: b, owner: c, reason: ''}]", "waivers.0.reason"),
        ("profile: [", "not YAML"),
        ("- a\n- b", "dictionary"),
    ],
)
def test_fault_is_named(tmp_path: Path, configuration: str, says: str) -> None:
    path = tmp_path / "tfaudit.yaml"
    path.write_text(configuration)
    with pytest.raises(TfauditError) as raised:
        read(path)
    assert says in str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    "configuration",
    [
        "policies: {only: [backup-retentio]}",
        "policies: {exclude: [backup-retentio]}",
        "parameters: {backup-retention: {dayz: 3}}",
        "frameworks: [soc-2]",
        "profile: absent",
    ],
)
def test_names_that_do_not_exist_end_the_run(repository: Path, configuration: str) -> None:
    (repository / "tfaudit.yaml").write_text(configuration)
    done = tfaudit("scan", cwd=repository)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
