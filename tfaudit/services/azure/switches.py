"""What stands somewhere and may be switched off beside: a key is written, and another property says not to use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, stated
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.view import View


def stated_unless(word: str, switch: str, off: Callable[[Any], bool], default: Documented | ByPlane) -> Fact:
    """Return whether anything stands at `word`, and the word `switch` has no value that is `off`."""
    there = stated(word, default).joins
    assert there is not None  # noqa: S101 - `stated` gives one

    def joins(view: View) -> Reading:
        found: Reading = there(view)
        if isinstance(found, Absent):
            return found
        match view.word(switch):
            case Known(value=value, resource=resource, path=path) if off(value):
                return Known(False, resource, path)
            case Unknown() as unknown:
                return unknown
            case Pointer(unknown=unknown):
                return unknown
            case _:
                return found

    return Fact(joins=joins, of=(word, switch), default=default)
