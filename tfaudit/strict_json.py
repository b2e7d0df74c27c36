"""JSON with one meaning: readers differ in what they make of a name that stands twice, and of what JSON has not."""

from __future__ import annotations

import json
from typing import Any


def parsed(text: bytes | str) -> Any:
    """Return the value of a JSON text; `ValueError` for a name that stands twice, or a number that JSON has not.

    `RecursionError` where it is nested too deeply.
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")
