"""Lists of actions that are remembered are those that the functions themselves return, and each caller's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tfaudit.packs.checkov.remembered_actions import made_once, remembering

PROGRAM = """
import random, sys
from pathlib import Path
import cloudsplaining.scan.statement_detail as plain
own = {name: getattr(plain, name) for name in sys.argv[2].split(",")}
del sys.modules["cloudsplaining.scan.statement_detail"]
from tfaudit.packs.checkov import remembered_actions
remembered_actions.install(sys.argv[1])
import cloudsplaining.scan.statement_detail as module
assert module is not plain
made = random.Random(7)
known = plain.ALL_ACTIONS if isinstance(plain.ALL_ACTIONS, list) else sorted(plain.ALL_ACTIONS)
for _ in range(60):
    actions = made.sample(known, made.randint(0, 30)) + made.choice(([], ["s3:Get*"], ["iam:*", "nobody:Knows"], ["*"]))
    for name, function in own.items():
        if name == "remove_wildcard_only_actions" and "*" in actions:
            continue  # what is not expanded, it does not take
        more = ["Write"] if "level" in name else []
        expected = sorted(function(list(actions), *more))
        for _ in range(2):
            found = getattr(module, name)(list(actions), *more)
            assert sorted(found) == expected, (name, actions)
            found.clear()
print("equal")
"""


def test_the_functions_of_the_module_return_what_they_did() -> None:
    pytest.importorskip("cloudsplaining")
    import cloudsplaining

    site = Path(cloudsplaining.__file__).parents[1]
    names = (
        "determine_actions_to_expand,remove_actions_not_matching_access_level,remove_wildcard_only_actions"
    )
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(site), names],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stderr == ""
    assert done.stdout == "equal\n"


def test_each_caller_has_a_list_of_its_own() -> None:
    asked: list[list[str]] = []

    def function(actions: list[str], *more: str) -> list[str]:
        asked.append(list(actions))
        return [each.upper() for each in (*actions, *more)]

    called = remembering(function)
    called(["a"], "b").append("c")
    assert called(["a"], "b") == ["A", "B"]
    assert called(["a"]) == ["A"]
    assert asked == [["a"], ["a"]]


def test_what_is_no_list_of_texts_is_not_remembered() -> None:
    seen: list[object] = []

    def function(actions: object) -> list[str]:
        seen.append(actions)
        return ["x"]

    called = remembering(function)
    for _ in range(2):
        assert called("text") == called(["a", 1]) == called(None) == ["x"]
    assert seen == ["text", ["a", 1], None] * 2


def test_equal_statements_come_to_one_thing_and_others_to_their_own() -> None:
    asked: list[tuple[object, dict[str, bool]]] = []

    def made(statement: object, **switches: bool) -> list[object]:
        asked.append((statement, switches))
        return [statement, switches]

    called = made_once(made)
    given = {"Effect": "Allow", "Action": ["s3:*"]}
    first = called(given, flag=False)
    given["Action"] = ["iam:*"]  # whoever gave it may change it
    assert called({"Effect": "Allow", "Action": ["s3:*"]}, flag=False) is first
    assert first[0] == {"Effect": "Allow", "Action": ["s3:*"]}
    assert called(given, flag=False)[0] == given
    assert called({"Effect": "Allow", "Action": ["s3:*"]}, flag=True) is not first
    odd = {"Effect": object()}  # what cannot be written down is made each time
    assert called(odd) is not called(odd)
    assert len(asked) == 5
