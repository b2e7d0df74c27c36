"""Credentials written down in code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.reading.view import View


def _is_literal(value: Any) -> bool:
    return not isinstance(value, (Reference, Unresolved)) and value != ""


def written_down(*paths: str) -> Callable[[View], Any]:
    """Return a spelling: True where a literal stands at one of `paths`.

    A reference, a variable or a lookup is not a secret that this code gives away.
    """

    def spelling(view: View) -> Any:
        readings = [each for path in paths if not (each := view.read(path)).absent]
        if not readings:
            return Default(False, "no credential is set here", view.resource, view.base)
        literal = next((each for each in readings if _is_literal(each.value)), None)
        shown = literal or readings[0]
        return Known(literal is not None, shown.resource, shown.path)

    return spelling
