"""Where the parts of a body stand that was made of another: paths of the one as paths of the resource it came from."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Locator, Origin, Origins, Path, Place, Resource


class Spots(Struct):
    """Where the members of a converted map or list stand in the words of the resource that states them.

    `by` is that resource where it is not the one that the whole was made of.
    """

    path: Path = ()
    inside: dict[str | int, Spots] = field(default_factory=dict)
    by: Resource | None = None


def verbatim(value: Any, path: Path, by: Resource | None = None) -> tuple[Any, Spots]:
    """Return a copy of what needs no other words, and where it stands: `path` is that of the whole."""
    spots = Spots(path, by=by)
    if isinstance(value, dict):
        made: dict[str, Any] = {}
        for key, each in value.items():
            made[key], spots.inside[key] = verbatim(each, (*path, key), by)
        return made, spots
    if isinstance(value, list):
        items = [verbatim(each, (*path, index), by) for index, each in enumerate(value)]
        spots.inside = {index: below for index, (_, below) in enumerate(items)}
        return [each for each, _ in items], spots
    return value, spots


def locator(resource: Resource, spots: Spots) -> Locator:
    """Return what tells the place of a path of the converted body."""

    def locate(path: Path) -> Place:
        found = spots
        for step in path:
            below = found.inside.get(step)
            if below is None:
                break
            found = below
        return (found.by or resource).place_of(found.path)

    return locate


def origins(resource: Resource, spots: Spots) -> Origins:
    """Return what tells the origins of the value at a path of the converted body."""

    def told(path: Path, read: Any) -> tuple[Origin, ...]:
        found = spots
        for at, step in enumerate(path):
            below = found.inside.get(step)
            if below is None:
                by = found.by or resource
                return by.origins_of((*found.path, *path[at:]) if found.path else (), read)
            found = below
        return (found.by or resource).origins_of(found.path, read)

    return told
