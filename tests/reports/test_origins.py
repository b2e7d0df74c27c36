"""Reports tell where a value came from beside it, and SARIF where to look; what may be a secret is only named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from tests.caches import store
from tests.reports.runs import ESTATE
from tfaudit import data, documents
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reports.conftest import Written
    from tfaudit.model.result import ScanResult

CODE = """\
variable "days" {
  type = number
}
variable "later" {}

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  backup_retention_period = var.days
}
resource "aws_db_instance" "open" {
  identifier              = "open"
  engine                  = "postgres"
  backup_retention_period = var.later
}
resource "aws_db_instance" "plain" {
  identifier              = "plain"
  engine                  = "postgres"
  backup_retention_period = 1
}
"""
SAYS = "var.days = 1, from production.auto.tfvars:3"


def scanned(folder: Path, code: str = CODE, **options: object) -> ScanResult:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text(code)
    (folder / "production.auto.tfvars").write_text("# ours\n\ndays = 1\n")
    return scan(folder, Options(PolicySet(read_folder(ESTATE / "policies")), **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("format_", ["text", "html", "junit", "sarif"])
def test_the_origin_stands_beside_the_value(format_: str, tmp_path: Path, written: Written) -> None:
    assert f"({SAYS})" in written(format_, scanned(tmp_path / "code"))


def test_markdown_tells_it_as_plain_text(tmp_path: Path, written: Written) -> None:
    assert "(var.days = 1, from production.auto.tfvars:3)" in written("markdown", scanned(tmp_path / "code"))


def test_json_has_each_origin_with_its_place(tmp_path: Path, written: Written) -> None:
    document = json.loads(written("json", scanned(tmp_path / "code")))
    schema = json.loads((data.folder("schemas") / "report.schema.json").read_text())
    assert list(jsonschema_rs.validator_for(schema).iter_errors(document)) == []
    found = {
        each["asset"]["name"]: each.get("origins")
        for each in document["verdicts"]
        if each["setting"] == "backup.retention_days"
    }
    place = {"origin": "production.auto.tfvars", "line": 3, "column": 1}
    assert found["orders"] == [{"name": "var.days", "value": "1", "place": place, "says": SAYS}]
    assert [each["says"] for each in found["open"]] == ["var.later, declared without a value at main.tf:4"]
    assert found["plain"] is None


def test_sarif_has_related_locations_with_messages(tmp_path: Path, written: Written) -> None:
    [found] = [
        each
        for each in json.loads(written("sarif", scanned(tmp_path / "code")))["runs"][0]["results"]
        if each["properties"]["address"] == "aws_db_instance.orders"
    ]
    [related] = found["relatedLocations"]
    assert related["message"] == {"text": SAYS}
    location = related["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "production.auto.tfvars"
    assert location["region"]["startLine"] == 3


def test_recalled_verdicts_tell_it_too(tmp_path: Path) -> None:
    def said() -> list[object]:
        result = scanned(tmp_path / "code", cache=store(tmp_path))
        return [documents.verdict(each).get("origins") for each in result.verdicts]

    fresh = said()
    assert any(fresh)
    assert said() == fresh


@pytest.mark.parametrize("format_", ["text", "html", "junit", "sarif", "markdown", "json"])
def test_a_long_way_is_cut(format_: str, tmp_path: Path, written: Written) -> None:
    steps = "".join(f"  l{number} = local.l{number + 1}\n" for number in range(30))
    body = 'engine = "postgres"\n  backup_retention_period = local.l0\n'
    code = f'locals {{\n{steps}  l30 = 3\n}}\nresource "aws_db_instance" "orders" {{\n  {body}}}\n'
    text = written(format_, scanned(tmp_path / "code", code))
    assert "local.l0 = 3" in text
    assert "local.l20" not in text


@pytest.mark.parametrize("format_", ["text", "html", "junit", "sarif", "markdown", "json"])
def test_the_value_of_what_is_called_like_a_secret_is_not_stated(
    format_: str, tmp_path: Path, written: Written
) -> None:
    code = """\
variable "token" {
  default = { days = 3, text = "correct-horse-battery" }
}
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  password                = var.token.text
  engine                  = "postgres"
  backup_retention_period = var.token.days
}
"""
    text = written(format_, scanned(tmp_path / "code", code))
    assert "var.token.days, from its default at main.tf:2" in text
    assert "correct-horse-battery" not in text


UNDECIDED = """\
variable "later" {}
locals {
  days = var.later
}

resource "aws_db_instance" "one" {
  engine                  = "postgres"
  backup_retention_period = var.later
}
resource "aws_db_instance" "two" {
  engine                  = "postgres"
  backup_retention_period = %s
}
"""


def test_what_is_not_known_is_told_with_what_it_comes_from(tmp_path: Path, written: Written) -> None:
    alike = written("text", scanned(tmp_path / "alike", UNDECIDED % "var.later"))
    assert alike.count("var.later, declared without a value at main.tf:1)") == 1
    assert "has no value here (var.later, declared" in alike
    apart = written("text", scanned(tmp_path / "apart", UNDECIDED % "local.days"))
    assert "main.tf:8:3 (var.later, declared without a value at main.tf:1)" in apart
    assert (
        "main.tf:12:3 (local.days, from main.tf:3; var.later, declared without a value at main.tf:1)" in apart
    )
