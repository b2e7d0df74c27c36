"""The list of types that are not judged is whole in JSON, HTML and bundles, however long it is; elsewhere it is cut."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.reports.test_what_was_judged import told
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.files import scan
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.registry import Formats

TYPES = [f"aws_ours_type{number:02d}" for number in range(60)]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> ScanResult:
    folder = tmp_path_factory.mktemp("tree")
    text = "".join(f'resource "{each}" "x" {{\n  count = {at + 1}\n}}\n' for at, each in enumerate(TYPES))
    (folder / "main.tf").write_text(text + 'resource "aws_sqs_queue" "q" {}\n', "utf-8")
    return scan(folder)


def test_json_has_each_type_with_its_number(result: ScanResult) -> None:
    document = json.loads(told(result, "json"))
    assert document["summary"]["not_judged"] == {each: at + 1 for at, each in enumerate(TYPES)}


def test_a_page_has_each_type_with_its_number(result: ScanResult) -> None:
    page = told(result, "html")
    assert [each for at, each in enumerate(TYPES) if f"{each} ({at + 1})" not in page] == []


def test_a_bundle_has_each_type_in_its_results_and_in_its_page(result: ScanResult) -> None:
    formats = Formats()
    formats.load(["bundle"])
    out = io.BytesIO()
    formats.write("bundle")(result, out, ReportOptions())
    with zipfile.ZipFile(out) as bundle:
        whole = [
            name
            for name in bundle.namelist()
            if all(each in bundle.read(name).decode("utf-8", "replace") for each in TYPES)
        ]
    assert {Path(each).suffix for each in whole} >= {".json", ".html"}


def test_a_note_is_cut_and_says_how_many_there_are(result: ScanResult) -> None:
    (note,) = (each for each in result.notes if "not judged" in each)
    assert note.startswith(f"{sum(range(61)):,} resources are of types that are not judged: {TYPES[-1]} (60)")
    assert TYPES[0] not in note
