"""The JSON report is what its published schema says, and holds everything."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from tests.reports.conftest import Written
from tfaudit import data
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome


@pytest.fixture(scope="module")
def document(written: Written) -> Any:
    return json.loads(written("json"))


def test_valid_by_the_published_schema(document: Any) -> None:
    schema = json.loads((data.folder("schemas") / "report.schema.json").read_text())
    assert list(jsonschema_rs.validator_for(schema).iter_errors(document)) == []


def test_the_keys_that_scripts_rely_on(document: Any) -> None:
    assert {"schema", "tool", "scanned", "verdicts", "unread", "summary"} <= document.keys()
    keys = "policy outcome severity asset setting value because settle_with places controls fingerprint"
    for verdict in document["verdicts"]:
        assert set(keys.split()) <= verdict.keys()
        assert {"kind", "name", "key", "address", "plane"} <= verdict["asset"].keys()


def test_passes_are_in_it(document: Any, result: ScanResult) -> None:
    assert len(document["verdicts"]) == len(result.verdicts)
    assert document["summary"]["outcomes"]["pass"] == result.count(Outcome.PASS)


def test_summary_is_incomplete_for_an_unread_file(document: Any) -> None:
    assert document["summary"]["complete"] is False


def test_framework_counts_controls_with_a_fail(document: Any) -> None:
    assert document["summary"]["frameworks"]["soc2"]["controls_with_fail"] == 2
