"""Evaluates many expressions in one root, as a scan does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.sources.terraform_trees import read
from tfaudit.model.resources import Reference, Unresolved


def values(root: Path, expressions: Sequence[str], also: str = "", **files: str) -> list[Any]:
    """Return the value of each expression; `also` is code beside them, `files` stand in the tree."""
    lines = [f"  e{at} = {each}" for at, each in enumerate(expressions)]
    text = 'resource "aws_x" "x" {\n' + "\n".join(lines) + "\n}\n" + also
    reading = read(root, {"main.tf": text, **files})
    assert reading.unread == [], reading.said
    body = reading.body("aws_x.x")
    return [body[f"e{at}"] for at in range(len(expressions))]


def is_unknown(value: Any) -> bool:
    return isinstance(value, (Unresolved, Reference))


def agrees(partial: Any, full: Any) -> bool:
    """Whether what is known of `partial` is what `full` has; an unknown element may stand for any number of them."""
    if is_unknown(partial):
        return True
    if isinstance(partial, list) and isinstance(full, list):
        if any(map(is_unknown, partial)):
            return all(any(agrees(each, one) for one in full) for each in partial if not is_unknown(each))
        return len(partial) == len(full) and all(map(agrees, partial, full))
    if isinstance(partial, dict) and isinstance(full, dict):
        return partial.keys() == full.keys() and all(agrees(partial[key], full[key]) for key in partial)
    # A condition's result is converted to the type of the other result, which is not known where that is not.
    return _written(partial) == _written(full)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
