"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Unresolved


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str


class Inapplicable(Struct, frozen=True):
    """What a function answers where the asset cannot have the setting."""

    because: str


Stated: TypeAlias = Documented | Inapplicable | Unresolved | None
"""A default in one spelling: a value, none since there is no such setting, why it is not known, or None documented."""


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own."""

    terraform: Stated = None
    cloudformation: Stated = None
    arm: Stated = None
    kubernetes: Stated = None
    api: Stated = None

    def of(self, dialect: str) -> Stated:
        """Return the default of one spelling."""
        found: Stated = getattr(self, dialect)
        return found
