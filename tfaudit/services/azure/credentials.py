"""Credentials written down in code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.assets.settings import Default, Known
from tfaudit.assets.view import View
from tfaudit.resources import Reference, Unresolved


def written_down(*paths: str) -> Callable[[View], Any]:
    """Return a spelling: True where a literal stands at one of `paths`.

    A reference, a variable or a lookup is not a secret that this code gives away.
    """

    def spelling(view: View) -> Any:
        reading = view.first(*paths)
        if reading.absent:
            return Default(False, "no credential is set here", view.resource, view.base)
        literal = not isinstance(reading.value, (Reference, Unresolved)) and reading.value != ""
        return Known(literal, reading.resource, reading.path)

    return spelling
