"""A scope holds what its marks say, and what is not known; a policy that is asked in a scope leaves the rest out."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Framework, Outcome
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.scopes import Mark
from tfaudit.policies.select import Choice, in_force

CODE = """
variable "later" {}
resource "aws_s3_bucket" "payments" {
  bucket = "payments"
  tags   = { "data-class" = "card" }
}
resource "aws_s3_bucket" "site" {
  bucket = "site"
  tags   = { "data-class" = "public" }
}
resource "aws_s3_bucket" "plain" {
  bucket = "plain"
}
resource "aws_s3_bucket" "unsure" {
  bucket = "unsure"
  tags   = { "data-class" = var.later }
}
"""
PROFILE = """
name: own
title: In a scope
scopes: {object-store-versioned: card_data}
only: [object-store-versioned]
"""


def judged(folder: Path, *marks: Mark) -> ScanResult:
    (folder / "pay").mkdir()
    (folder / "pay/main.tf").write_text(CODE)
    (folder / "own.yaml").write_text(PROFILE)
    scopes = {"card_data": marks} if marks else {}
    return scan(folder, Options(in_force(Choice(str(folder / "own.yaml"))), scopes=scopes))


def inside(result: ScanResult) -> set[str]:
    return {each.asset.name for each in result.verdicts if each.outcome is not Outcome.NOT_APPLICABLE}


EVERY = {"payments", "site", "plain", "unsure"}


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        (Mark({"data-class": "card"}), {"payments", "unsure"}),
        (Mark({"data-class": "*"}), {"payments", "site", "unsure"}),
        (Mark(path="pay/*"), EVERY),
        (Mark(path="web/*"), set()),
        (Mark(kind="database"), set()),
        (Mark(asset="aws_s3_bucket.p*"), {"payments", "plain"}),
        (Mark({"data-class": "card"}, asset="*.site"), set()),
        (Mark(account="123456789012"), EVERY),  # code does not tell in which account it will be
    ],
)
def test_what_a_mark_holds_for(tmp_path: Path, mark: Mark, left: set[str]) -> None:
    assert inside(judged(tmp_path, mark)) == left


def test_any_mark_suffices(tmp_path: Path) -> None:
    marks = (Mark({"data-class": "card"}), Mark(asset="*.plain"))
    assert inside(judged(tmp_path, *marks)) == {"payments", "unsure", "plain"}


def test_without_a_declaration_all_are_in_and_that_is_told(tmp_path: Path) -> None:
    result = judged(tmp_path)
    assert inside(result) == EVERY
    assert any("the scope card_data is asked for and not declared" in note for note in result.notes)


def test_what_is_left_out_says_so(tmp_path: Path) -> None:
    result = judged(tmp_path, Mark(kind="database"))
    assert {each.because for each in result.verdicts} == {"it is not in the scope card_data"}


def test_a_scope_that_nothing_asks_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(CODE)
    framework = Framework("pci_dss", "PCI DSS", "4.0.1", {}, scope="card_data")
    marks = (Mark(tags={"data-class": "card"}),)
    options = Options(in_force(Choice(ids=("object-store-versioned",))), frameworks={"pci_dss": framework})
    notes = scan(tmp_path, replace(options, scopes={"card_dta": marks})).notes
    assert 'the scope card_dta of tfaudit.yaml is asked for by nothing; did you mean "card_data"?' in notes
    assert not any(
        "asked for by nothing" in each
        for each in scan(tmp_path, replace(options, scopes={"card_data": marks})).notes
    )
