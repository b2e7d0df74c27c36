"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own.

    None stands for "no default is documented" in that spelling.
    """

    terraform: Documented | None = None
    cloudformation: Documented | None = None
    arm: Documented | None = None
    kubernetes: Documented | None = None
    api: Documented | None = None

    def of(self, dialect: str) -> Documented | None:
        """Return the default of one spelling."""
        found: Documented | None = getattr(self, dialect)
        return found
