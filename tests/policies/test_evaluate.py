"""Verdicts follow Kleene: one fail decides, an unknown is never a pass, and what cannot apply is not judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, build
from tfaudit.policies.schema import check
from tfaudit.redaction import shown

DATABASE = """
variable "later" {}
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  engine_version          = "16.3"
  storage_encrypted       = true
  backup_retention_period = 3
  deletion_protection     = var.later
  multi_az                = var.later
}
"""


def verdict(tmp_path: Path, **words: Any) -> Verdict:
    document = {
        "id": "tried",
        "title": "A policy under test",
        "family": "backup_retention",
        "severity": "high",
        "kinds": ["database"],
        "why": "To see how it comes out.",
        **words,
    }
    (tmp_path / "main.tf").write_text(DATABASE)
    check(document, "tried.yaml")
    result = scan(tmp_path, Options(PolicySet([build(document, "tried.yaml", "")])))
    assert not result.unread
    (only,) = result.verdicts
    return only


@pytest.mark.parametrize(
    ("require", "outcome", "setting"),
    [
        ({"encryption.at_rest": True}, Outcome.PASS, "encryption.at_rest"),
        ({"backup.retention_days": {"at_least": 7}}, Outcome.FAIL, "backup.retention_days"),
        ({"deletion_protection": True}, Outcome.UNKNOWN, "deletion_protection"),
        ({"encryption.at_rest": True, "deletion_protection": True}, Outcome.UNKNOWN, "deletion_protection"),
        (
            {"deletion_protection": True, "backup.retention_days": {"at_least": 7}},
            Outcome.FAIL,
            "backup.retention_days",
        ),
    ],
)
def test_outcome(tmp_path: Path, require: dict[str, Any], outcome: Outcome, setting: str) -> None:
    got = verdict(tmp_path, require=require)
    assert (got.outcome, got.setting) == (outcome, setting)


@pytest.mark.parametrize(
    ("when", "require", "outcome"),
    [
        ({"engine": "mysql"}, {"encryption.at_rest": False}, Outcome.NOT_APPLICABLE),
        ({"engine": "postgres"}, {"encryption.at_rest": False}, Outcome.FAIL),
        ({"deletion_protection": True}, {"encryption.at_rest": True}, Outcome.PASS),
        ({"deletion_protection": True}, {"encryption.at_rest": False}, Outcome.UNKNOWN),
    ],
)
def test_condition(tmp_path: Path, when: dict[str, Any], require: dict[str, Any], outcome: Outcome) -> None:
    assert verdict(tmp_path, when=when, require=require).outcome is outcome


def test_a_condition_on_what_an_asset_cannot_have_says_why_it_cannot(tmp_path: Path) -> None:
    got = verdict(tmp_path, when={"network.allowed_sources": ["10.0.0.0/8"]}, require={"engine": "mysql"})
    assert got.outcome is Outcome.NOT_APPLICABLE
    assert got.because.startswith("it applies only where network.allowed_sources is ")
    assert got.because.endswith("; here: its security groups say who gets in, and are judged")


def test_an_unknown_names_the_condition_that_is_open_as_well(tmp_path: Path) -> None:
    when, require = {"deletion_protection": True}, {"ha.multi_zone": True}
    got = verdict(tmp_path, when=when, require=require)
    assert (got.outcome, got.setting, got.also) == (
        Outcome.UNKNOWN,
        "ha.multi_zone",
        ("deletion_protection",),
    )
    assert "var.later" in got.because


def test_fail_says_what_is_and_what_must_be(tmp_path: Path) -> None:
    got = verdict(
        tmp_path,
        require={"backup.retention_days": {"at_least": "$days"}},
        parameters={"days": {"default": 35, "unit": "days", "says": "how far back"}},
    )
    assert got.because == "backup.retention_days is 3, and must be at least 35"
    assert got.value == 3


def test_unknown_says_why_and_what_settles_it(tmp_path: Path) -> None:
    got = verdict(tmp_path, require={"deletion_protection": True})
    assert "var.later" in got.because
    assert got.settle_with


def test_fingerprint_survives_moved_lines(tmp_path: Path) -> None:
    require = {"backup.retention_days": {"at_least": 7}}
    before = verdict(tmp_path, require=require)
    (tmp_path / "more.tf").write_text("locals {}\n" * 3)
    after = verdict(tmp_path, require=require, why="Other words.")
    assert before.fingerprint == after.fingerprint
    assert before.fact == after.fact != ""


def test_a_value_is_shown_without_the_secrets_in_it() -> None:
    value = {"password": "sw0rdfish", "mode": "fast", "DB_PASS": ["sw0rdfish"]}
    assert shown(value) == "password=(redacted), mode=fast, DB_PASS=(redacted)"
