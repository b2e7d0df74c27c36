"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from tfaudit.model.resources import Unresolved
    from tfaudit.reading.view import View


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str


Computed: TypeAlias = "Callable[[View], Documented | Unresolved]"
"""A default that hangs on more than the resource, as on the provider's version; or why it is not known."""


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own.

    None stands for "no default is documented" in that spelling.
    """

    terraform: Documented | Computed | None = None
    cloudformation: Documented | Computed | None = None
    arm: Documented | Computed | None = None
    kubernetes: Documented | Computed | None = None
    api: Documented | Computed | None = None

    def of(self, view: View) -> Documented | Unresolved | None:
        """Return the default in the spelling of what `view` shows."""
        found: Documented | Computed | None = getattr(self, view.dialect)
        return found(view) if callable(found) else found
