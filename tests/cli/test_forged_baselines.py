"""A baseline hides what it says it hides, and nothing else; what is none is refused, whatever it is."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tfaudit.changes import baseline
from tfaudit.errors import UsageError

KEYS = 'resource "aws_kms_key" "{name}" {{\n  enable_key_rotation = false\n}}\n'
POLICY = ("--policy", "key-rotation")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A weak key, and the baseline that knows of it."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "main.tf").write_text(KEYS.format(name="old"))
    assert tfaudit("baseline", "write", *POLICY, "--file", "../b.json", cwd=tree).returncode == 0
    return tree


def new(tree: Path, *arguments: str) -> list[str]:
    """Return the addresses of what is new, against the baseline."""
    done = tfaudit("scan", *POLICY, "--baseline", "../b.json", "-o", "json", *arguments, cwd=tree)
    verdicts = json.loads(done.stdout)["verdicts"]
    return [each["asset"]["address"] for each in verdicts if each.get("change") == "new"]


def changed(tree: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = tree.parent / "b.json"
    document = json.loads(path.read_text())
    change(document["findings"][0])
    path.write_text(json.dumps(document))


def test_a_record_that_says_one_thing_and_is_another_is_nobodys(tree: Path) -> None:
    assert new(tree) == []
    record = json.loads((tree.parent / "b.json").read_text())["findings"][0]
    for word, other in (("policy", "backup-retention"), ("setting", "rotation.days")):
        changed(tree, lambda each, word=word, other=other: each.update({word: other}))  # type: ignore[misc]
        assert new(tree) == ["aws_kms_key.old"], word
        changed(tree, lambda each: each.update(record))
    changed(tree, lambda each: each.update(address="aws_kms_key.harmless", fact="", file="x.tf", content=""))
    assert new(tree) == ["aws_kms_key.old"]


def test_what_is_declared_a_second_time_is_new(tree: Path) -> None:
    (tree / "again.tf").write_text(KEYS.format(name="old"))
    assert new(tree) == ["aws_kms_key.old"]


def test_a_baseline_of_the_tree_is_told_with_its_digest(tree: Path) -> None:
    (tree / "b.json").write_bytes((tree.parent / "b.json").read_bytes())
    within = tfaudit("scan", *POLICY, "--baseline", "b.json", cwd=tree).stdout
    beside = tfaudit("scan", *POLICY, "--baseline", "../b.json", cwd=tree).stdout
    assert "who changes the tree can change what counts as new; its SHA-256 is" in within
    assert "who changes the tree" not in beside


@pytest.mark.parametrize("kind", ["fifo", "folder", "link"])
def test_a_configuration_names_a_file_of_the_tree(tree: Path, kind: str) -> None:
    path = tree / "b.json"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    (tree / "tfaudit.yaml").write_text("compare: {baseline: b.json}\n")
    done = tfaudit("scan", ".", cwd=tree)
    assert done.returncode == 2
    assert "no regular file" in done.stderr or "outside of the scanned tree" in done.stderr


RECORD = {
    "policy": "p", "outcome": "fail", "severity": "high", "setting": "s", "address": "a", "scope": ".",
    "file": "f", "place": "f:1", "fingerprint": "x",
}  # fmt: skip
VERDICT = {
    "policy": "p", "outcome": "fail", "severity": "high", "setting": "s", "fingerprint": "x", "fact": "",
    "asset": {"address": "a", "scope": "."}, "places": [{"origin": "f", "line": 1}],
}  # fmt: skip
WRONG: tuple[object, ...] = (None, True, 1, "*", [], {}, ["x", 1], {"a": 1})


def as_baseline(**words: object) -> bytes:
    return json.dumps({"schema": "tfaudit/baseline/1", "findings": [{**RECORD, **words}]}).encode()


def as_report(**words: object) -> bytes:
    return json.dumps({"schema": "tfaudit/report/2", "verdicts": [{**VERDICT, **words}]}).encode()


@pytest.mark.parametrize("form", [as_baseline, as_report])
def test_whatever_a_word_is_a_baseline_is_read_or_refused(form: Callable[..., bytes]) -> None:
    assert baseline.read(form(), "b")[0].place == "f:1"
    for word in RECORD if form is as_baseline else VERDICT:
        for value in WRONG:
            try:
                found = baseline.read(form(**{word: value}), "b")
            except UsageError:
                continue
            assert all(isinstance(getattr(each, "policy", ""), str) for each in found)
            assert {each.severity for each in found} <= {"critical", "high", "medium", "low"}
            assert all(type(getattr(each, name)) is str for each in found for name in RECORD)


@pytest.mark.parametrize(
    "text",
    [
        b'{"schema": "tfaudit/report/99", "verdicts": []}',
        b'{"schema": "tfaudit/baseline/1", "findings": [], "findings": []}',
        b'{"schema": "tfaudit/baseline/1", "findings": NaN}',
        b'{"schema": "tfaudit/baseline/1"}',
        b"[" * 100_000,
        b'{"version": "2.1.0", "runs": []}',
        as_baseline(also="\ud800"),
    ],
)
def test_what_is_no_baseline_is_refused(text: bytes) -> None:
    with pytest.raises(UsageError):
        baseline.read(text, "b")
