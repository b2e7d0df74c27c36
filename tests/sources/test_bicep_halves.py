"""Bicep that a copy of the process shares says what one process says of it, even where the copy fails."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.caches import store
from tests.sources.test_bicep_kept import Project
from tfaudit import copies
from tfaudit.clock import OutOfTime
from tfaudit.sources.bicep import halves, kept, loading

pytestmark = pytest.mark.skipif(
    not copies.possible(2), reason="this process cannot be copied: it has threads"
)

HERE = os.getpid()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(halves, "WORTH_IT", 1)
    monkeypatch.setattr(halves, "possible", lambda jobs: True)
    return Project(tmp_path, random.Random(0))  # noqa: S311 - nothing is drawn


@pytest.fixture
def adopted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that is filled with the files of the deployments that the copy has done."""
    names: list[str] = []
    adopt = kept.Kept.adopt

    def seen(self: Any, deployment: tuple[str, str], entry: Any) -> None:
        names.append(deployment[0])
        adopt(self, deployment, entry)

    monkeypatch.setattr(kept.Kept, "adopt", seen)
    return names


def taken_by_one(monkeypatch: pytest.MonkeyPatch, *, copy: bool) -> None:
    whole = copies.Left.taken

    def taken(left: Any, numbers: Any) -> Iterator[int]:
        if (os.getpid() == HERE) is not copy:
            yield from whole(left, numbers)

    monkeypatch.setattr(copies.Left, "taken", taken)


def only_there(function: Any, instead: Any) -> Any:
    """Return a function that is `instead` in the copy."""

    def chosen(*given: Any) -> Any:
        return function(*given) if os.getpid() == HERE else instead(*given)

    return chosen


def ends(*_: Any) -> Any:
    os._exit(1)


@pytest.mark.parametrize("by", ["both", "the copy", "this process"])
def test_it_says_the_same_with_a_copy_and_so_does_a_scan_again(
    project: Project, adopted: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str
) -> None:
    alone = project.said(None)
    assert not adopted
    if by != "both":
        taken_by_one(monkeypatch, copy=by == "the copy")
    cache = store(tmp_path)
    assert project.said(cache) == alone
    assert {"the copy": len(adopted) > 4, "this process": not adopted}.get(by, True)
    adopted.clear()
    assert project.said(cache) == alone
    assert set(adopted) <= {"waived/main.bicep", "broken/main.bicep"}, "what is kept is for nobody to do"
    project.put(
        "modules/store.bicep", (project.tree / "modules/store.bicep").read_text().replace("TLS1_2", "TLS1_0")
    )
    assert project.said(cache) == project.said(None) != alone


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("stated", ends),  # before it tells what its files deploy
        ("entry", ends),  # at its first deployment
        ("entry", lambda *_: 1 / 0),
        ("entry", lambda *_: None),  # it can send nothing of what it has done
    ],
)
def test_what_a_copy_does_not_answer_is_done_here(
    project: Project,
    adopted: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    part: str,
    instead: Any,
) -> None:
    alone = project.said(None)
    taken_by_one(monkeypatch, copy=True)
    monkeypatch.setattr(kept.Kept, part, only_there(getattr(kept.Kept, part), instead))
    assert project.said(store(tmp_path)) == alone
    assert not adopted


def test_verdicts_are_made_here_where_the_copy_makes_none(
    project: Project, adopted: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alone = project.said(None)
    taken_by_one(monkeypatch, copy=True)
    monkeypatch.setattr("tfaudit.pipeline.elsewhere.judged", lambda *_: 1 / 0)
    assert project.said(store(tmp_path)) == alone
    assert adopted


def test_what_takes_the_copy_too_long_is_a_gap_and_not_tried_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deployed, here = loading.Loader.deployed, []

    def slow(self: Any, name: str, *given: Any) -> Any:
        if os.getpid() == HERE:
            here.append(name)
        elif name == "other/main.bicep":
            raise OutOfTime
        return deployed(self, name, *given)

    taken_by_one(monkeypatch, copy=True)
    monkeypatch.setattr(loading.Loader, "deployed", slow)
    verdicts, gaps, *_ = project.said(store(tmp_path))
    assert any("other/main.bicep" in each and "takes longer than" in each for each in gaps)
    assert "other/main.bicep" not in here
    assert not any(each["asset"]["scope"] == "other/main.bicep" for each in verdicts)


def test_of_little_there_is_no_copy(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(halves, "WORTH_IT", 1_000_000)
    monkeypatch.setattr(halves, "Copy", ends)
    assert project.said(store(tmp_path)) == project.said(None)
