"""An asset: one thing that a policy can speak about, whatever plane it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from tfaudit.model.resources import Path, Place, Resource, Unresolved
from tfaudit.model.settings import Setting

Key = str | Unresolved


class Settings(Protocol):
    """The settings of one asset by name; each is read from its resource when it is first asked for."""

    def __getitem__(self, name: str) -> Setting:
        """Return the setting called `name`; one that nobody states is unknown."""
        ...

    def __setitem__(self, name: str, setting: Setting) -> None:
        """Add a setting that only several assets together tell."""
        ...

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all settings that there are."""
        ...

    @property
    def known(self) -> Mapping[str, Setting]:
        """The settings that have been asked for or added so far."""
        ...

    def attribute(self, name: str) -> str:
        """Return the path of the one attribute that a setting is, in this spelling; "" where it is made of more."""
        ...

    def attributes(self, name: str) -> tuple[str, ...]:
        """Return the paths of all attributes that a setting is made of, in this spelling."""
        ...

    def recall(self, known: Mapping[str, Setting]) -> None:
        """Take over settings as they were read from the same resource before."""
        ...


class Asset(Struct):
    """One asset.

    `key` is what the provider itself holds unique, the same on every plane, or why it is not known before apply.
    `address` is where it is declared or was seen. `path` is its base inside the resource, () for the whole. `said` is
    its address by what it says, where `address` has its number in a list: `aws_security_group.web#ingress[0]`.
    """

    kind: str
    name: str
    key: Key
    address: str
    resource: Resource
    settings: Settings
    path: Path = ()
    said: str = ""

    @property
    def lasting(self) -> str:
        """The address that stays when something is put before it: what fingerprints, baselines and waivers go by."""
        return self.said or self.address

    @property
    def plane(self) -> str:
        """The plane of its resource."""
        return self.resource.plane

    @property
    def scope(self) -> str:
        """What its address is unique in."""
        return self.resource.scope

    @property
    def place(self) -> Place:
        """Where it is declared or was seen."""
        return self.resource.place_of(self.path) if self.path else self.resource.place
