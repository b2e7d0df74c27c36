"""What files and arguments are called reaches standard error as one line, and commands nobody."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.commands import tfaudit

NAME = "x\n::error::b\x1b[31m ##vso[task.complete]"


def assert_one_sentence(said: str) -> None:
    assert not re.search(r"(?m)^\s*::|##vso\[|\x1b", said)
    assert "\\x1b[31m" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", NAME],
        ["scan", "--config", NAME],
        ["scan", "--var", NAME],
        ["scan", "--profile", NAME],
        ["scan", "--fail-on", NAME],
        ["scan", "-o", f"{NAME}=x"],
        ["scan", f"--{NAME}"],
        ["evidence", "verify", NAME],
    ],
)
def test_a_wrong_argument_is_quoted_as_one_line(arguments: list[str], tmp_path: Path) -> None:
    done = tfaudit(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert_one_sentence(done.stderr)


def test_names_that_are_no_text_are_told_in_every_stream(tmp_path: Path) -> None:
    inside = os.fsencode(tmp_path) + b"/caf\xe9\n::error::x\x1b[31m"
    os.mkdir(inside)  # noqa: PTH102 - a name that is no text
    with open(inside + b"/ma\xffin.tf", "wb") as out:  # noqa: PTH123
        out.write(b'resource "aws_ebs_volume" "data" {\n  encrypted = false\n}\n')
    done = tfaudit("scan", "-o", "text", "-o", "json=run.json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "caf\\udce9 ::error::x\\x1b[31m/ma\\udcffin.tf:2:3" in done.stdout
    assert not re.search(r"(?m)^\s*::|\x1b", done.stdout + done.stderr)
    places = [
        place
        for each in json.loads((tmp_path / "run.json").read_text())["verdicts"]
        for place in each["places"]
    ]
    assert {place["origin"].encode().decode() for place in places} == {
        "caf\\udce9\n::error::x\x1b[31m/ma\\udcffin.tf"
    }
