"""An asset: one thing that a policy can speak about, whatever plane it was read from."""

from __future__ import annotations

from msgspec import Struct

from tfaudit.reading.facts import Readables, Settings
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import View
from tfaudit.resources import Path, Place, Resource, Unresolved

Key = str | Unresolved


class Asset(Struct):
    """One asset.

    `key` is what the provider itself holds unique, the same on every plane, or why it is not known before apply.
    `address` is where it is declared or was seen. `path` is its base inside the resource, () for the whole.
    """

    kind: str
    name: str
    key: Key
    address: str
    resource: Resource
    settings: Settings
    path: Path = ()

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


def asset(  # noqa: PLR0913 - what an asset is made of
    kind: str, view: View, facts: Readables, key: Key, name: str = "", part: str = ""
) -> Asset:
    """Return the asset that `view` shows.

    `name` is what people call it, by default the last part of its key or address. `part` is added to the address where
    one resource holds several assets, `ingress[0]`.
    """
    resource = view.resource
    address = f"{resource.address}#{part}" if part else resource.address
    if not name:
        name = key.rpartition("/")[2] if isinstance(key, str) else resource.address.rpartition(".")[2]
    return Asset(kind, name, key, address, resource, Settings(kind, facts, view), view.base)


def key(view: View, pattern: str, *paths: str) -> Key:
    """Return `pattern` with `{}` filled by the first of `paths` that is set, or why the key is not known yet.

    `key(view, "aws:rds:db/{}", "identifier", "DBInstanceIdentifier")`
    """
    reading = view.first(*paths)
    if len(paths) == 1 and paths[0] in view.table:
        reading = view.first(*view.table[paths[0]].paths(view.resource.dialect))
    if reading.known:
        return pattern.format(reading.value)
    if reading.value is ABSENT:
        return Unresolved(
            f"{paths[0]} is not set: the provider makes a name up",
            "scan the plan's state or the live account",
        )
    return Unresolved(f"{paths[0]} is {reading.value}", "scan the plan or the live account")
