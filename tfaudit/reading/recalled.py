"""The settings of an asset as they were read before: those that were asked for then, and the others where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tfaudit.model.asset import Settings
    from tfaudit.model.settings import Setting


Spelled: TypeAlias = dict[str, tuple[str, tuple[str, ...]]]
"""By the name of a setting, what `attribute` and `attributes` return."""


class RecalledSettings:
    """Settings that need no service as long as nobody asks for one that was not asked for before."""

    __slots__ = ("_again", "_known", "_read", "_spelled")

    def __init__(
        self, known: dict[str, Setting], again: Callable[[], Settings], spelled: Spelled | None = None
    ) -> None:
        """Hold what is known; `again` returns the settings as the service reads them."""
        self._known = known
        self._spelled = spelled or {}
        self._again = again
        self._read: Settings | None = None

    def _whole(self) -> Settings:
        if self._read is None:
            self._read = self._again()
            self._read.recall(self._known)
        return self._read

    def __getitem__(self, name: str) -> Setting:
        """Return the setting called `name`, read now if need be."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._whole()[name]
        return found

    def __setitem__(self, name: str, setting: Setting) -> None:
        """Add a setting that only several assets together state."""
        self._known[name] = setting
        if self._read is not None:
            self._read[name] = setting

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all settings that the service reads, and those added."""
        yield from dict.fromkeys([*self._whole(), *self._known])

    @property
    def known(self) -> Mapping[str, Setting]:
        """The settings that were asked for or added, before and now."""
        return self._known

    def attribute(self, name: str) -> str:
        """Return the path of the one attribute that a setting is, in this spelling; "" where it is made of more."""
        found = self._spelled.get(name)
        return found[0] if found is not None else self._whole().attribute(name)

    def attributes(self, name: str) -> tuple[str, ...]:
        """Return the paths of all attributes that a setting is made of, in this spelling."""
        found = self._spelled.get(name)
        return found[1] if found is not None else self._whole().attributes(name)

    def recall(self, known: Mapping[str, Setting]) -> None:
        """Take over settings as they were read from the same resource before."""
        self._known.update(known)
