"""The four states of a setting, each with what an auditor asks next: read or documented where, or settled by what."""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Origin, Path, Place, Resource


class _Read:
    """What all states know: the resource that was looked at, and where in it."""

    __slots__ = ()
    resource: Resource
    path: Path

    @property
    def place(self) -> Place:
        """Where the value stands, would stand, or would have been read."""
        return self.resource.place_of(self.path)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """What the value was taken from, the nearest first: variables, locals, parameters; none where it is written."""
        return self.resource.origins_of(self.path, getattr(self, "value", None))


class Known(_Read, Struct):
    """A value that was read. List values may hold `Unresolved` or `Reference` elements.

    Where several resources make it so, `way` holds them in their order, each with where in it, among them the one that
    it was read from: a group, what attaches a policy to it, the policy.
    """

    value: Any
    resource: Resource
    path: Path = ()
    way: tuple[tuple[Resource, Path], ...] = ()


class Default(_Read, Struct):
    """Not set: the provider's documented default applies."""

    value: Any
    documented: str
    resource: Resource
    path: Path = ()


class Unknown(_Read, Struct):
    """Set, or possibly set, but not known by this input; has no value, so nobody can read one.

    `expression` is how it is written, "" where nothing is; `literal` says that it may be a text that is written down.
    """

    because: str
    settle_with: str
    resource: Resource
    path: Path = ()
    expression: str = ""
    literal: bool = False


class NotApplicable(_Read, Struct):
    """This asset cannot have the setting."""

    because: str
    resource: Resource
    path: Path = ()


Setting: TypeAlias = Known | Default | Unknown | NotApplicable
