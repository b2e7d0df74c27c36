"""The vocabulary has the words that services read, and no others; policies ask for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit.discovery import own
from tfaudit.model.vocabulary import KINDS
from tfaudit.pipeline.files import scan
from tfaudit.policies.select import Choice, in_force

ROOT = Path(__file__).parents[1]
SERVICES = ROOT / "tfaudit/services"


@pytest.fixture(scope="module")
def read() -> dict[str, set[str]]:
    """Return by kind what services state of the assets of the examples and the estates."""
    found: dict[str, set[str]] = {}
    for folder in ("examples/estate", "tests/policies"):
        for verdict in scan(ROOT / folder).verdicts:
            found.setdefault(verdict.asset.kind, set()).update(verdict.asset.settings)
    return found


def test_every_kind_is_one_that_a_service_yields(read: dict[str, set[str]]) -> None:
    yielded = {kind for stated in own(SERVICES) for kind in stated.texts("KINDS")}
    assert KINDS.keys() == yielded >= read.keys()


def test_every_word_is_one_that_a_service_states(read: dict[str, set[str]]) -> None:
    idle = {(kind, name) for kind in read for name in KINDS[kind] if name not in read[kind]}
    assert idle == set()


def test_every_word_of_a_policy_is_one_of_each_of_its_kinds() -> None:
    asked = [
        (policy.id, kind, name)
        for policy in in_force(Choice()).policies
        for kind in policy.kinds
        for name in (*policy.when, *policy.require)
        if name not in KINDS[kind]
    ]
    assert asked == []
