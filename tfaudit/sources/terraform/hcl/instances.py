"""The instances that `count` and `for_each` make of a block, and what stands for those that are not known."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.syntax import Expression
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, number_of, text_of

MAX_INSTANCES = 1_000

Instance = tuple[str, dict[str, Any]]
"""The suffix of an instance's address, `["eu"]`, and the names that hold in it.

Where it is not known whether there is one, `count` or `each` has the member `perhaps`, which no code can name.
"""
PERHAPS = "is there?"


def counted(value: Any, expression: Expression) -> Iterator[Instance]:
    """Yield the instances that a `count` of `value` makes."""
    total = None if isinstance(value, bool) else number_of(value)
    if not isinstance(total, int) or total < 0:
        # `count = var.create ? 1 : 0`: if there is an instance at all, it is the first.
        single = expression[0] == "if" and {each[4] for each in expression[5:7] if each[0] == "lit"} == {0, 1}
        if single:
            yield "[0]", {"count": {"index": 0, "maybe": True, PERHAPS: True}}
        else:
            yield "[*]", {"count": {"index": _not_known(value, "count.index"), PERHAPS: True}}
    elif total > MAX_INSTANCES:
        yield "[*]", {"count": {"index": Unresolved("it is any of many", SETTLE_APPLY, "count.index")}}
    else:
        for index in range(total):
            yield f"[{index}]", {"count": {"index": index}}


def keyed(value: Any) -> Iterator[Instance]:
    """Yield the instances that a `for_each` over `value` makes."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0])
    elif isinstance(value, list):
        pairs = [(each, each) for each in value]
    elif value is not None:
        unknown = _not_known(value, "each.value")
        yield "[*]", {"each": {"key": _not_known(value, "each.key"), "value": unknown, PERHAPS: True}}
        return
    if len(pairs) > MAX_INSTANCES:
        many = Unresolved("it is any of many", SETTLE_APPLY, "each.value")
        pairs = [(many, many)]
    for key, inner in pairs:
        if isinstance(key, (dict, list, Unresolved, Reference)):
            stated = _not_known(key, "each.key")
            yield "[*]", {"each": {"key": stated, "value": inner if isinstance(inner, Reference) else stated}}
        else:
            text = text_of(key)
            yield f"[{json.dumps(text, ensure_ascii=False)}]", {"each": {"key": text, "value": inner}}


def perhaps(names: Mapping[str, Any]) -> bool:
    """Whether it is not known if the instance in which `names` hold is there at all."""
    return any(PERHAPS in each for each in (names.get("count"), names.get("each")) if isinstance(each, dict))


def _not_known(value: Any, name: str) -> Unresolved:
    if isinstance(value, Unresolved):
        return Unresolved(value.because, value.settle_with, name)
    if isinstance(value, Reference):
        return Unresolved(f"it is taken from {value}, which only apply tells", SETTLE_APPLY, name)
    return Unresolved(f"{name} has no value here", SETTLE_APPLY, name)
