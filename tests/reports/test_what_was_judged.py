"""A report quotes what was judged, and evidence names its digest: a file that has changed since is not quoted."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.caches import store
from tfaudit.evidence import bundle
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.reports.options import ReportOptions
from tfaudit.reports.registry import Formats

ESTATE = Path(__file__).parents[2] / "examples" / "estate" / "faulty"
BEFORE = 'resource "aws_ebs_volume" "a" {\n  encrypted = false\n  size = 17\n}\n'
AFTER = 'resource "aws_ebs_volume" "a" {\n  encrypted = false\n  size = 23\n}\n'
NOTE = "main.tf has changed since it was judged, or while it was: nothing of it is quoted"
QUOTING = ["text", "html", "markdown", "sarif"]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def told(result: ScanResult, name: str) -> str:
    formats = Formats()
    formats.load([name])
    out = io.StringIO()
    formats.write(name)(result, out, ReportOptions(show_all=True))
    return out.getvalue()


@pytest.fixture
def judged(tmp_path: Path) -> ScanResult:
    (tmp_path / "main.tf").write_text(BEFORE)
    result = scan(tmp_path)
    assert result.count(Outcome.FAIL)
    return result


@pytest.mark.parametrize("name", QUOTING)
def test_what_was_judged_is_quoted(name: str, judged: ScanResult) -> None:
    said = told(judged, name)
    assert "encrypted = " in said or "insertedContent" in said
    assert NOTE not in said


@pytest.mark.parametrize("name", QUOTING)
@pytest.mark.parametrize("after", [AFTER, None])
def test_of_a_file_that_has_changed_nothing_is_quoted(
    name: str, after: str | None, judged: ScanResult, tmp_path: Path
) -> None:
    file = tmp_path / "main.tf"
    file.unlink()
    if after is not None:
        file.write_text(after)
    said = told(judged, name)
    assert "size = " not in said
    assert "insertedContent" not in said
    assert NOTE in said


def test_a_link_in_its_place_is_no_file_that_was_judged(judged: ScanResult, tmp_path: Path) -> None:
    (tmp_path / "main.tf").unlink()
    (tmp_path / "main.tf").symlink_to("/dev/zero")
    assert NOTE in told(judged, "text")


def test_evidence_names_what_was_judged(judged: ScanResult, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(AFTER)
    out = tmp_path / "one.zip"
    with out.open("wb") as stream:
        bundle.write(judged, stream, bundle.Settings())
    with zipfile.ZipFile(out) as archive:
        lines = [json.loads(line) for line in archive.read("verdicts.jsonl").splitlines()]
    named = {seen["place"].get("sha256") for line in lines for seen in line["observations"]}
    assert named == {sha256(BEFORE.encode())}


def test_every_file_that_a_verdict_names_has_the_digest_of_its_bytes() -> None:
    result = scan(ESTATE)
    origins = {place.origin for each in result.verdicts for place in each.places if place.line}
    assert {Path(each).suffix for each in origins} >= {".tf", ".yaml"}
    assert {each: result.digests.get(each) for each in origins} == {
        each: sha256((Path(result.root) / each).read_bytes()) for each in origins
    }


def test_a_root_that_is_kept_keeps_its_digests(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "main.tf").write_text(BEFORE)
    options = Options(in_force(Choice()), cache=store(tmp_path))
    first, again = scan(code, options), scan(code, options)
    assert dict(first.digests) == dict(again.digests) == {"main.tf": sha256(BEFORE.encode())}


def test_a_file_that_changes_while_it_is_read_has_no_digest(tmp_path: Path) -> None:
    from tfaudit.sources.tree.files import Tree

    tree = Tree(tmp_path)
    for data in (b"one", b"two", b"one"):
        tree.took("main.tf", sha256(data))
    assert tree.digests == {"main.tf": ""}
