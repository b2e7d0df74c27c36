"""Waivers at fault stand in every report, and are findings where somebody is strict."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import tfaudit

KEY = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'
LINE = "waivers: [{{policy: {policy}, asset: '{asset}', reason: r, owner: o{more}}}]"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"policy": "key-rotation", "asset": "aws_kms_key.k"}, ""),
        ({"policy": "key-rotation", "asset": "*", "more": ", root: ."}, ""),
        ({"policy": "key-rotation", "asset": "*"}, "is broad: it waives 1 verdict"),
        (
            {"policy": "key-rotation", "asset": "aws_kms_key.k", "more": ", until: 2020-01-01"},
            "ran out on 2020-01-01",
        ),
        ({"policy": "key-rotatio", "asset": "aws_kms_key.k"}, 'did you mean "key-rotation"'),
        ({"policy": "key-rotation", "asset": "aws_kms_key.other"}, "meets no asset"),
    ],
)
def test_a_waiver_at_fault_is_told_and_counts_where_that_is_strict(
    tmp_path: Path, words: dict[str, str], says: str
) -> None:
    (tmp_path / "main.tf").write_text(KEY)
    (tmp_path / "tfaudit.yaml").write_text(LINE.format(**{"more": "", **words}))
    options = ("--policy", "key-rotation", "--fail-on", "never")
    lenient = tfaudit("scan", *options, cwd=tmp_path)
    assert lenient.returncode == 0
    assert says in lenient.stdout
    strict = tfaudit("scan", *options, "--strict-waivers", cwd=tmp_path)
    assert strict.returncode == (1 if says else 0)
    if says:
        assert strict.stdout.splitlines()[-1] == "exit code 1: 1 waiver is at fault (--strict-waivers)"
