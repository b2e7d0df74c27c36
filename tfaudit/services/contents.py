"""What a list holds, in three values: a part that is not known may turn out as nothing.

Used for "somebody receives it", "a log is exported", "a device is registered". A reference is a thing that is declared,
and counts. `filled_in` is for plain functions of words; the others take readings and raw values.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.reading.parts import there


def filled_in(items: Any) -> bool | None:
    """Return whether anything stands in a word that is a list, None where it is absent; open where only that could."""
    return None if items is None else there(items if isinstance(items, list) else [items])


def holds(items: Any) -> bool | Unresolved:
    """Return whether one of `items` is there for certain, or why that is not known."""
    parts = [each for each in items if each is not None]
    if any(not isinstance(each, Unresolved) for each in parts):
        return True
    return parts[0] if parts else False


def not_known(items: Any) -> Unresolved | None:
    """Return why the first of `items` that is not known is not; None where all are."""
    return next((each for each in items if isinstance(each, Unresolved)), None)
