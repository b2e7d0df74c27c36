"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Unresolved


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own.

    None stands for "no default is documented" in that spelling; `Unresolved` says why it is not known, where it depends
    on what is not stated here.
    """

    terraform: Documented | Unresolved | None = None
    cloudformation: Documented | Unresolved | None = None
    arm: Documented | Unresolved | None = None
    kubernetes: Documented | Unresolved | None = None
    api: Documented | Unresolved | None = None

    def of(self, dialect: str) -> Documented | Unresolved | None:
        """Return the default of one spelling."""
        found: Documented | Unresolved | None = getattr(self, dialect)
        return found
