"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str


class Depends(Struct, frozen=True):
    """What stands instead of a value where the default depends on what is not stated here: why, and what settles it."""

    because: str
    settle_with: str


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own.

    None stands for "no default is documented" in that spelling.
    """

    terraform: Documented | Depends | None = None
    cloudformation: Documented | Depends | None = None
    arm: Documented | Depends | None = None
    kubernetes: Documented | Depends | None = None
    api: Documented | Depends | None = None

    def of(self, dialect: str) -> Documented | Depends | None:
        """Return the default of one spelling."""
        found: Documented | Depends | None = getattr(self, dialect)
        return found
