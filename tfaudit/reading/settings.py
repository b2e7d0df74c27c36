"""The settings of one asset, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeAlias

from tfaudit.model.settings import Setting, Unknown
from tfaudit.model.vocabulary import KINDS
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.reading.view import View


class Readable(Protocol):
    """What a setting is read by."""

    def read(self, view: View, kind: SettingType | None) -> Setting:
        """Return the setting as `view` states it."""
        ...


Readables: TypeAlias = Mapping[str, Readable]


_ASKED: list[View] = []
"""The view of the asset that was last asked. One asset after the other is judged: words of the last are kept, no more.

Words of ten thousand assets would be most of a scan's memory, and making room for them a tenth of its time.
"""


class Settings:
    """The settings of one asset, each read from its resource when first asked for."""

    __slots__ = ("_facts", "_read", "_types", "_view")

    def __init__(self, kind: str, facts: Readables, view: View) -> None:
        """Bind the facts of a service to one view."""
        self._types = KINDS.get(kind, {})
        self._facts = facts
        self._view = view
        self._read: dict[str, Setting] = {}

    def __getitem__(self, name: str) -> Setting:
        """Return the setting called `name`; one that the service has no fact for is unknown."""
        setting = self._read.get(name)
        if setting is None:
            fact = self._facts.get(name)
            if fact is None:
                setting = Unknown(
                    f"tfaudit does not read {name} of {self._view.resource.type}",
                    "attest it, or add the fact to its service",
                    self._view.resource,
                    self._view.base,
                )
            else:
                if self._view not in _ASKED:
                    _only(self._view)
                setting = fact.read(self._view, self._types.get(name))
            self._read[name] = setting
        return setting

    @property
    def known(self) -> Mapping[str, Setting]:
        """The settings that have been asked for or added so far."""
        return self._read

    def attribute(self, name: str) -> str:
        """Return the path of the one attribute that a setting is, in this spelling; "" where it is made of more."""
        fact = self._facts.get(name)
        says = getattr(fact, "says", None)
        paths = self._view.paths(says) if isinstance(says, str) and says else ()
        return paths[0] if len(paths) == 1 or (paths and "/" not in paths[0]) else ""

    def attributes(self, name: str) -> tuple[str, ...]:
        """Return the paths of all attributes that a setting is made of, in this spelling."""
        words: tuple[str, ...] = getattr(self._facts.get(name), "words", ())
        return tuple(path for word in words if word in self._view.table for path in self._view.paths(word))

    def recall(self, known: Mapping[str, Setting]) -> None:
        """Take over settings as they were read from the same resource before."""
        self._read.update(known)

    def __setitem__(self, name: str, setting: Setting) -> None:
        """Add a setting that only several assets together tell."""
        self._read[name] = setting

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all settings that the service reads, and those added."""
        yield from dict.fromkeys([*self._facts, *self._read])

    @property
    def view(self) -> View:
        """The view that settings are read from."""
        return self._view


def _only(view: View) -> None:
    """Let all views but `view` go of their words; what another thread resolves meanwhile is resolved again."""
    for each in _ASKED:
        each.forget()
    _ASKED[:] = [view]
