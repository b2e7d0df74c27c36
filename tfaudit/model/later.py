"""The body of a resource that was read before, and is read again only where somebody looks into it.

What is kept of a scan are verdicts and places, never values: whoever asks for a value has the code evaluated again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfaudit.model.resources import Resource


class Later(Mapping[str, Any]):
    """A body that is made at the first look."""

    __slots__ = ("_body", "_has", "_made")

    def __init__(
        self, made: Callable[[], Mapping[str, Any]], has: Mapping[str, bool] = MappingProxyType({})
    ) -> None:
        """Take who returns the body; `has` says of some names whether it has a member that is called so."""
        self._made = made
        self._has = has
        self._body: Mapping[str, Any] | None = None

    def whole(self) -> Mapping[str, Any]:
        """Return the body itself."""
        if self._body is None:
            self._body = self._made()
        return self._body

    def __getitem__(self, name: str) -> Any:
        """Return a member; raises `KeyError` for none."""
        return self.whole()[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a member `name`."""
        known = self._has.get(name) if isinstance(name, str) else None
        return name in self.whole() if known is None else known

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the members."""
        return iter(self.whole())

    def __len__(self) -> int:
        """Return how many members there are."""
        return len(self.whole())

    def __repr__(self) -> str:
        """Return it as the body is shown."""
        return repr(self.whole())

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what a copy of it, or another process, has: a plain dict of the members."""
        return dict, (dict(self.whole()),)


def filled(resources: Iterable[Resource]) -> None:
    """Put the body itself in the place of each that is read later: services look at all of them."""
    for each in resources:
        body = each.body
        # `isinstance` asks the class of a mapping at length, and this is asked often.
        if body.__class__ is Later:
            each.body = body.whole()
