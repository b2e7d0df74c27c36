"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from tfaudit.reading.fact import Inapplicable


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own.

    None stands for "no default is documented" in that spelling, `Inapplicable` for "there is no such setting".
    """

    terraform: Documented | Inapplicable | None = None
    cloudformation: Documented | Inapplicable | None = None
    arm: Documented | Inapplicable | None = None
    kubernetes: Documented | Inapplicable | None = None
    api: Documented | Inapplicable | None = None

    def of(self, dialect: str) -> Documented | Inapplicable | None:
        """Return the default of one spelling."""
        found: Documented | Inapplicable | None = getattr(self, dialect)
        return found
