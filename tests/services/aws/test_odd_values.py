"""No answer of an API, however odd its values, makes a data service crash: every setting has one of its states."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Unknown
from tfaudit.pipeline.examples import recorded
from tfaudit.services.registry import Registry, assets

KINDS = frozenset({
    "audit_trail", "block_volume", "cache", "database", "encryption_key", "file_store", "log_store", "object_store",
    "queue", "secret", "snapshot",
})  # fmt: skip
EXAMPLES = Path(__file__).parents[2] / "policies"
ODD: list[Any] = [
    None, 5, -1, 3.5, True, "", "x", "arn:aws:kms:eu-west-1:1:key/x", [], {}, [1], [None], [{}], [["x"]], {"a": 1},
    Unresolved("not told", "tell it"), Reference("aws_kms_key.k", "arn"), [Unresolved("not told", "tell it")],
]  # fmt: skip


def _odd(value: Any, chance: random.Random) -> Any:
    if chance.random() < 0.15:
        return copy.deepcopy(chance.choice(ODD))
    if isinstance(value, dict):
        return {name: _odd(inner, chance) for name, inner in value.items()}
    return [_odd(each, chance) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(4))
def test_odd_values_end_in_a_state(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same values each time
    crashed: list[str] = []
    for file in sorted(EXAMPLES.glob("*/live_*.json")):
        document = json.loads(file.read_text("utf-8"))
        if "resources" not in document:
            continue
        resources: list[Resource] = recorded(document, file.name)
        for each in resources:
            each.body = {name: _odd(value, chance) for name, value in each.body.items()}
        for found in assets(resources, Registry(), KINDS):
            if not isinstance(found, Asset):
                crashed.append(f"{file.name}: {found.because}")
                continue
            for name in found.settings:
                assert isinstance(found.settings[name], (Known, Default, Unknown, NotApplicable))
    assert not crashed, crashed
