"""Work that a copy of the process shares comes out as if one process had done it, even where the copy fails."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tfaudit import copies, documents
from tfaudit.clock import OutOfTime
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Resource
from tfaudit.model.settings import Known, Setting
from tfaudit.pipeline import elsewhere, together
from tfaudit.pipeline.files import scan
from tfaudit.policies import remembered
from tfaudit.policies.load import PolicySet
from tfaudit.reading.recalled import RecalledSettings
from tfaudit.reports import json_document
from tfaudit.reports.border import Border
from tfaudit.reports.options import ReportOptions
from tfaudit.sources.terraform import hcl

ESTATE = Path(__file__).parents[1] / "examples" / "estate" / "faulty"

pytestmark = pytest.mark.skipif(
    not copies.possible(2), reason="this process cannot be copied: it has threads"
)


def test_results_come_in_order_and_whole() -> None:
    sent = [b"", b"x" * 3_000_000, b"end"]
    with copies.Copy(lambda: sent) as copy:
        assert list(copy.results()) == sent


def test_a_copy_that_fails_has_no_results() -> None:
    def fails() -> Iterator[bytes]:
        yield b"one"
        raise ValueError

    with copies.Copy(fails) as copy, pytest.raises(EOFError):
        list(copy.results())


def test_a_copy_ends_with_its_block() -> None:
    with copies.Copy(lambda: iter([bytes(10_000_000)])) as copy:
        pid = copy._pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_there_is_no_copy_beside_other_threads() -> None:
    waits = threading.Event()
    thread = threading.Thread(target=waits.wait)
    thread.start()
    try:
        assert not copies.possible(2)
    finally:
        waits.set()
        thread.join()
    assert not copies.possible(1)


def said(folder: Path) -> list[dict[str, Any]]:
    return [documents.verdict(each) for each in scan(folder).verdicts]


def everything(folder: Path) -> list[Any]:
    """Return what a scan says, with each setting of what was judged, those that no policy asks for as well."""
    result = scan(folder)
    assets = {id(each.asset): each.asset for each in result.verdicts}.values()
    settings = [
        (
            (each.kind, each.name, each.key, each.address, each.path),
            (name, type(each.settings[name]), getattr(each.settings[name], "value", None)),
            (each.settings[name].place, each.settings.attribute(name), each.settings.attributes(name)),
        )
        for each in assets
        for name in sorted(each.settings)
    ]
    return [[documents.verdict(each) for each in result.verdicts], result.unread, result.notes, settings]


@pytest.mark.parametrize("folder", ["kubernetes", "cloudformation", "terraform"])
@pytest.mark.parametrize("taken_by", ["both", "the copy alone", "this process alone", "a copy that fails"])
def test_a_scan_says_the_same_with_a_copy(
    folder: str, taken_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tfaudit.pipeline.early.is_alone", lambda resource: False)
    alone = everything(ESTATE / folder)
    monkeypatch.setattr(together, "WORTH_IT", 1)
    monkeypatch.setattr(together, "possible", lambda jobs: True)
    monkeypatch.setattr(together, "_AT_ONCE", 3)
    here, by_copy = os.getpid(), []
    whole = copies.Left.taken

    def taken(left: Any, numbers: Any) -> Iterator[int]:
        if (os.getpid() == here) is (taken_by == "the copy alone"):
            return
        yield from whole(left, numbers)

    if taken_by in ("the copy alone", "this process alone"):
        monkeypatch.setattr(copies.Left, "taken", taken)
    if taken_by == "a copy that fails":
        monkeypatch.setattr(together, "_written", lambda *_: 1 / 0)
    recollected = remembered.recollected

    def seen(*given: Any) -> Any:
        by_copy.append(recollected(*given))
        return by_copy[-1]

    monkeypatch.setattr(remembered, "recollected", seen)
    assert everything(ESTATE / folder) == alone
    if taken_by == "the copy alone":
        assert by_copy
    if taken_by in ("this process alone", "a copy that fails"):
        assert not by_copy


def test_what_time_runs_out_on_is_told_with_a_copy_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "WORTH_IT", 1)
    monkeypatch.setattr(together, "possible", lambda jobs: True)
    monkeypatch.setattr(together, "_AT_ONCE", 1)
    judge_one = together._judge
    pieces: list[Any] = []

    def ends(*given: Any) -> None:
        pieces.append(given)
        judge_one(*given)
        if len(pieces) == 2:
            raise OutOfTime

    monkeypatch.setattr(together, "_judge", ends)
    result = scan(ESTATE / "kubernetes")
    assert result.verdicts
    assert [each.because for each in result.unread if "were not judged" in each.because]


@pytest.mark.parametrize("fails", [False, True])
def test_the_json_report_is_the_same_with_a_copy(
    fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = scan(ESTATE / "kubernetes")
    # What cannot be seen crosses the border in the process that writes it.
    result.verdicts[-1].reason = "it holds \u202e and \udce9"

    def written(name: str) -> bytes:
        with (tmp_path / name).open("w", encoding="utf-8") as out:
            border: Any = Border(out, "json")
            json_document.write(result, border, ReportOptions())
            border.end()
        return (tmp_path / name).read_bytes()

    monkeypatch.setattr(json_document, "_AT_ONCE", 10)
    alone = written("alone")
    monkeypatch.setattr(json_document, "_WORTH_A_COPY", 1)
    monkeypatch.setattr(json_document, "possible", lambda: True)
    if fails:
        whole = copies.Copy.results

        def two_only(copy: Any) -> Iterator[bytes]:
            for number, each in enumerate(whole(copy)):
                if number == 2:
                    raise EOFError
                yield each

        monkeypatch.setattr(copies.Copy, "results", two_only)
    assert written("copied") == alone
    assert b"it holds \\u202e" in alone


def test_roots_that_workers_judge_come_out_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(hcl._MANY):
        shutil.copytree(ESTATE / "terraform" / "aws", tmp_path / f"root-{number:02}")
    done: list[Any] = []
    whole = elsewhere.further
    monkeypatch.setattr("tfaudit.pipeline.files.further", lambda options: None)
    here = said(tmp_path)
    monkeypatch.setattr("tfaudit.pipeline.files.further", whole)
    recollected = remembered.recollected

    def seen(*given: Any) -> Any:
        done.append(recollected(*given))
        return done[-1]

    monkeypatch.setattr(remembered, "recollected", seen)
    assert said(tmp_path) == here
    assert len([each for each in done if each is not None]) == hcl._MANY


def test_what_no_policy_has_asked_of_a_recollected_asset_is_read_from_its_resource(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(hcl._MANY):
        shutil.copytree(ESTATE / "terraform" / "aws", tmp_path / f"root-{number:02}")

    def told() -> list[Any]:
        """Return all settings of all assets, those that no policy asks for as well, and where each is written."""
        found = {id(each.asset): each.asset for each in scan(tmp_path).verdicts}.values()
        return [
            (
                each.kind,
                each.name,
                each.key,
                each.address,
                each.place,
                name,
                each.settings[name].place,
                getattr(each.settings[name], "value", None),
                each.settings.attributes(name),
            )
            for each in found
            for name in sorted(each.settings)
        ]

    elsewhere_judged = told()
    monkeypatch.setattr("tfaudit.pipeline.files.further", lambda options: None)
    assert elsewhere_judged == told()


def test_the_way_to_a_value_of_the_assets_own_resource_is_recalled() -> None:
    resource = Resource("aws_iam_user", "aws_iam_user.a", {}, Place("main.tf", 1), "code", "terraform")
    group = Resource("aws_iam_group", "aws_iam_group.g", {}, Place("main.tf", 9), "code", "terraform")
    known: dict[str, Setting] = {"admin": Known(True, resource, ("groups",), ((group, ("name",)),))}
    asset = Asset("identity", "a", "k", "aws_iam_user.a", resource, RecalledSettings(known, lambda: 1 / 0))  # type: ignore[arg-type, return-value]
    content = remembered.written([asset], remembered.numbered([resource, group]), [], whole=True)
    before = remembered.recollected(content, [resource, group], PolicySet(()), lambda *_: 1 / 0)  # type: ignore[arg-type]
    assert before is not None
    assert before[0][0].settings["admin"] == known["admin"]


def test_results_may_be_sent_at_once_while_nobody_takes_them_and_what_was_done_before_a_failure_arrives() -> (
    None
):
    large = bytes(3_000_000)  # more than a pipe holds

    def work() -> Iterator[bytes]:
        yield b"first"
        yield large
        raise ValueError

    with copies.Copy(work, at_once=True) as copy:
        while not copy.has_sent:
            time.sleep(0.01)
        results = copy.results()
        assert next(results) == b"first"
        assert next(results) == large
        with pytest.raises(EOFError):
            next(results)
        assert copy.has_sent, "it has ended, so nobody waits"
