"""References in values, replaced by what they lead to."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.frame import Frame
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY

MAX_PARTS = 200_000


def settled(value: Any, frame: Frame) -> Any:
    """Return `value` with references replaced by what their target declares, where it declares a literal."""
    if isinstance(value, Reference):
        return frame.scope.run.declared(value)
    if isinstance(value, (list, dict)) and value:
        parts, refers = survey(value)
        frame.scope.run.steps -= parts // 8
        if parts > MAX_PARTS:
            return Unresolved("the value is too large", SETTLE_APPLY)
        return _replaced(value, frame) if refers else value
    return value


def survey(value: Any) -> tuple[int, bool]:
    """Return how many parts a value has, shared ones counted each time, and whether a reference is one of them."""
    stack, count, refers = [value], 0, False
    while stack and count <= MAX_PARTS:
        current = stack.pop()
        count += 1
        if isinstance(current, dict):
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)
        elif isinstance(current, str):
            count += len(current) >> 7
        elif isinstance(current, Reference):
            refers = True
    return count, refers


def _replaced(value: Any, frame: Frame) -> Any:
    if isinstance(value, Reference):
        return frame.scope.run.declared(value)
    if isinstance(value, list):
        return type(value)(_replaced(each, frame) for each in value)
    if isinstance(value, dict):
        return type(value)((key, _replaced(each, frame)) for key, each in value.items())
    return value
