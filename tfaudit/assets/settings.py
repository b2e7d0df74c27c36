"""The four states of a setting, each with what an auditor asks next: read where, documented where, or told by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from tfaudit.resources import Path, Place, Resource


@dataclass(slots=True)
class Known:
    """A value that was read. List values may hold `Unresolved` or `Reference` elements."""

    value: Any
    resource: Resource
    path: Path = ()

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self.resource.place_of(self.path)


@dataclass(slots=True)
class Default:
    """Not set: the provider's documented default applies."""

    value: Any
    documented: str
    resource: Resource
    path: Path = ()

    @property
    def place(self) -> Place:
        """Where the setting would stand: its resource, or the block that leaves it out."""
        return self.resource.place_of(self.path)


@dataclass(slots=True)
class Unknown:
    """Set, or possibly set, but not told by this input; has no value, so nobody can read one."""

    because: str
    settle_with: str
    resource: Resource
    path: Path = ()

    @property
    def place(self) -> Place:
        """Where the value would have been read."""
        return self.resource.place_of(self.path)


@dataclass(slots=True)
class NotApplicable:
    """This asset cannot have the setting."""

    because: str
    resource: Resource
    path: Path = ()

    @property
    def place(self) -> Place:
        """The asset's place."""
        return self.resource.place_of(self.path)


Setting: TypeAlias = Known | Default | Unknown | NotApplicable
