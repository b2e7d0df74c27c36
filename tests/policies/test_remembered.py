"""A scan with a warm cache says what a cold one says; whatever changes a verdict is judged anew."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.caches import store
from tfaudit import documents
from tfaudit.cache import Store
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.reports import fixes
from tfaudit.services.registry import Again

ESTATE = Path(__file__).parents[2] / "examples/estate/faulty/terraform"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(ESTATE, tmp_path / "estate"))
    time.sleep(0.05)  # nothing is kept of files that were made in the moment of the scan
    return copied


def said(target: Path, cache: Store | None, choice: Choice | None = None) -> list[dict[str, Any]]:
    result = scan(target, replace(Options(in_force(choice or Choice())), cache=cache))
    return [documents.verdict(each) for each in result.verdicts]


def test_warm_says_what_cold_says(estate: Path, tmp_path: Path) -> None:
    cache = store(tmp_path)
    fresh = said(estate, None)
    assert said(estate, cache) == fresh
    assert list((cache.folder / "verdicts").iterdir())
    assert said(estate, cache) == fresh


def test_an_edit_is_judged(estate: Path, tmp_path: Path) -> None:
    cache = store(tmp_path)
    before = said(estate, cache)
    edited = estate / "aws/keys.tf"
    edited.write_text(
        edited.read_text().replace("enable_key_rotation     = false", "enable_key_rotation     = true")
    )
    after = said(estate, cache)
    assert after == said(estate, None)
    assert after != before


def test_parameters_and_severities_are_judged(estate: Path, tmp_path: Path) -> None:
    cache = store(tmp_path)
    said(estate, cache)
    stricter = Choice(
        parameters={"backup-retention": {"days": 400}}, severities={"backup-retention": "critical"}
    )
    assert said(estate, cache, stricter) == said(estate, None, stricter)


def test_a_damaged_cache_is_judged_anew(estate: Path, tmp_path: Path) -> None:
    cache = store(tmp_path)
    fresh = said(estate, cache)
    for path in (cache.folder / "verdicts").iterdir():
        path.write_bytes(path.read_bytes()[:-5] + b"xxxxx")
    assert said(estate, cache) == fresh


def test_what_mends_a_recalled_finding_of_a_deployment_is_said_without_reading_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = store(tmp_path)
    options = replace(Options(in_force(Choice())), cache=cache)
    target = Path(shutil.copytree(ESTATE.with_name("bicep"), tmp_path / "bicep"))
    time.sleep(0.05)  # as above
    fresh = [
        (each.fingerprint, fixes.fix(each)) for each in findings(scan(target, replace(options, cache=None)))
    ]
    scan(target, options)
    again = scan(target, options)
    monkeypatch.setattr(Again, "__call__", lambda *_: pytest.fail("it is read anew"))
    assert [(each.fingerprint, fixes.fix(each)) for each in findings(again)] == fresh
    assert len(fresh) > 20


def findings(result: ScanResult) -> list[Verdict]:
    return [each for each in result.verdicts if each.outcome is Outcome.FAIL]
