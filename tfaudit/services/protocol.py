"""What a service module is to the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from tfaudit.model.asset import Asset
from tfaudit.reading.view import View


class Service(Protocol):
    """A module that says what resources of the types `READS` mean: it makes assets of `KINDS` of them.

    It may state more: `TABLE` (its words in every spelling) or `TABLES` (one for each type), `COMPANIONS` (companion
    type → the attribute that points here), `NAMES` (attributes by whose literal value companions may name the
    resource), `CALLS` (what an account is asked).
    """

    __name__: str

    @property
    def READS(self) -> tuple[str, ...]:  # noqa: N802
        """The resource types that it reads, in every spelling."""
        ...

    @property
    def KINDS(self) -> tuple[str, ...]:  # noqa: N802
        """The kinds of assets that it yields."""
        ...

    def assets(self, view: View) -> Iterator[Asset]:
        """Yield the assets that the resource behind `view` declares or reports."""
        ...


def optional(module: Service, name: str, default: Any) -> Any:
    """Return what a service may state beside the rest, `default` where it does not."""
    return getattr(module, name, default)
