"""Our evaluator gives what Terraform's console gives, or says that it does not know; every difference is explained."""

from __future__ import annotations

import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import transcripts
from tests.oracle.ours import Ours, evaluated
from tests.oracle.terraform_console import ask
from tests.oracle.terraform_page import PAGE, page
from tests.oracle.transcripts import UNKNOWN, Entry
from tests.oracle.verdicts import Verdict, listed, verdict
from tests.servers.terraform import quiet
from tfaudit.model.resources import Unresolved

ENTRIES = [entry for path in transcripts.families() for entry in transcripts.read(path)]

alone = pytest.mark.xdist_group("terraform-values")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Entry, Ours]]:
    ours = evaluated([entry.expression for entry in ENTRIES], tmp_path_factory.mktemp("ours"))
    return list(zip(ENTRIES, ours, strict=True))


@alone
def test_no_value_is_another_than_terraforms(answers: list[tuple[Entry, Ours]]) -> None:
    wrong = [
        f"{entry.expression}\n  Terraform: {entry.answer}\n  here: {ours.value!r}, can: {ours.can!r}"
        for entry, ours in answers
        if verdict(entry, ours) is Verdict.WRONG
    ]
    assert not wrong, "\n".join(wrong)


@alone
def test_the_differences_are_those_that_are_listed(answers: list[tuple[Entry, Ours]]) -> None:
    """A difference that nobody explained fails, and so does a listed one that is gone."""
    explained = {expression: each.verdict for each in listed() for expression in each.expressions}
    met = {entry.expression: verdict(entry, ours) for entry, ours in answers}
    assert {key: each for key, each in met.items() if each not in (Verdict.EQUAL, Verdict.WRONG)} == explained


def test_a_wrong_value_cannot_be_listed_and_every_difference_has_its_reason() -> None:
    differences = listed()
    assert Verdict.WRONG not in {each.verdict for each in differences}
    assert all(len(each.because) > 20 for each in differences)
    expressions = [expression for each in differences for expression in each.expressions]
    assert len(expressions) == len(set(expressions))


def test_enough_is_asked_and_nothing_twice() -> None:
    expressions = [entry.expression for entry in ENTRIES]
    assert len(expressions) == len(set(expressions))
    assert len(expressions) > 1500
    assert sum("(known after apply)" in entry.answer for entry in ENTRIES) > 120


def test_the_page_says_what_is_listed() -> None:
    assert PAGE.read_text() == page(), "python -m tests.oracle.terraform_page writes it anew"


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ('toset([\n  "a\\u200d\\"\\\\\\n",\n  (known after apply),\n])', ['a\u200d"\\\n', UNKNOWN]),
        ('{\n  "a" = <<-EOT\n  x\n    y\n  \n  EOT\n  "b" = tolist([])\n}', {"a": "x\n  y\n", "b": []}),
        ("<<EOT\nx\n EOT_\nEOT", "x\n EOT_"),
        ("[\n  <<-EOT\n  x\n  \n  EOT,\n  1,\n]", ["x\n", Decimal(1)]),
        ('tomap({\n  "a" = tostring(null)\n})', {"a": None}),
        ("tolist(null) /* of string */", None),
        ("-0.10", Decimal("-0.1")),
    ],
)
def test_what_the_console_prints_is_read_back(answer: str, value: Any) -> None:
    assert transcripts.value(answer) == value


@pytest.mark.parametrize(
    ("answer", "ours", "expected"),
    [
        ("1", 1, Verdict.EQUAL),
        ("1", "1", Verdict.WRONG),
        ("1", True, Verdict.WRONG),
        ("true", 1, Verdict.WRONG),
        ('"1"', 1, Verdict.WRONG),
        ("0.3", 0.30000000000000004, Verdict.WRONG),
        ("null", "", Verdict.WRONG),
        ("[\n  1,\n]", [], Verdict.WRONG),
        ('{\n  "a" = 1\n}', {"b": 1}, Verdict.WRONG),
        ("(known after apply)", 1, Verdict.KNOWN),
        ("! Invalid index", 1, Verdict.ACCEPTED),
    ],
)
def test_types_count(answer: str, ours: Any, expected: Verdict) -> None:
    assert verdict(Entry("", "", answer), Ours(ours, None)) is expected


def test_a_refusal_that_can_takes_for_a_value_is_wrong() -> None:
    unknown = Unresolved("an index is wrong")
    assert verdict(Entry("", "", "! Invalid index"), Ours(unknown, can=True)) is Verdict.WRONG
    assert verdict(Entry("", "", "1"), Ours(1, can=False)) is Verdict.WRONG


def test_the_recorded_answers_are_terraforms(terraform_program: Path, tmp_path: Path) -> None:
    said = ask(terraform_program, [entry.expression for entry in ENTRIES], tmp_path)
    changed = [
        f"{entry.expression}\n  recorded: {entry.answer}\n  now: {answer}"
        for entry, answer in zip(ENTRIES, said, strict=True)
        if answer != entry.answer
    ]
    assert not changed, "\n".join(changed)


def test_every_function_of_the_language_is_asked(terraform_program: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [terraform_program, "metadata", "functions", "-json"],
        capture_output=True,
        check=True,
        env=quiet(tmp_path),
    )
    functions = {name for name in json.loads(done.stdout)["function_signatures"] if "::" not in name}
    asked = {name for entry in ENTRIES for name in re.findall(r"\b(\w+)\(", entry.expression)}
    assert len(functions) > 100
    assert functions - asked == set()
