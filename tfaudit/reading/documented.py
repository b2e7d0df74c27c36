"""What holds where nothing is set, and the page that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from tfaudit.model.resources import Unresolved
    from tfaudit.reading.view import View


class Cited(Struct, frozen=True):
    """The pages that say the same of a default: of the provider for Terraform, of the service for its templates."""

    terraform: str
    arm: str

    def of(self, dialect: str) -> str:
        """Return the page for what is spelled in `dialect`."""
        return self.arm if dialect == "arm" else self.terraform

    def __format__(self, spec: str) -> str:
        """Refuse to become a part of a text: which page is meant is not known before something is read."""
        raise TypeError(f"{self.terraform} and {self.arm} stay apart: put what is added into each page")


class Documented(Struct, frozen=True):
    """A value that holds when nothing is set, and the page that says so (with the version it holds for)."""

    value: Any
    source: str | Cited

    def page(self, dialect: str) -> str:
        """Return the page for what is spelled in `dialect`."""
        return self.source if isinstance(self.source, str) else self.source.of(dialect)


class Inapplicable(Struct, frozen=True):
    """What is answered where the asset cannot have the setting."""

    because: str


Stated: TypeAlias = "Documented | Inapplicable | Unresolved | None"
"""A default: a value, none since there is no such setting, why it is not known, or None where none is documented."""

Computed: TypeAlias = "Callable[[View], Documented | Unresolved]"
"""A default that hangs on more than the resource, as on the provider's version."""


class ByPlane(Struct, frozen=True):
    """What holds when nothing is set, where the planes differ: a provider may send a value of its own."""

    terraform: Stated | Computed = None
    cloudformation: Stated | Computed = None
    arm: Stated | Computed = None
    kubernetes: Stated | Computed = None
    api: Stated | Computed = None

    def of(self, view: View) -> Stated:
        """Return the default in the spelling of what `view` shows."""
        found: Stated | Computed = getattr(self, view.dialect)
        return found(view) if callable(found) else found
