"""What Azure answers, as resources of ARM's words: the same bodies that templates give, so that the same services read.

A body has its `id`, `name` (its last part), `type`, and `scope`; a child has `parent`. An id of what was listed in the
same subscription is a reference to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Locator, Path, Place, Reference, Resource, Unresolved, dotted
from tfaudit.sources.arm import ids
from tfaudit.sources.arm.names import canonical
from tfaudit.sources.live.azure.types import DEFINITIONS, RESTS, Rest
from tfaudit.sources.text.secrets import without_secrets

_DEPTH = 60
_FREE = frozenset({"tags"})
"""Members whose own members are named by people: their case counts."""


class Thing(Struct):
    """One thing that Azure reported.

    `call` is the call that reported it, `asked` the types that were asked for beside it, and `missed` those that could
    not be, with the reason and what would settle it, a line each.
    """

    type: str
    body: Mapping[str, Any]
    call: str
    api: str = ""
    asked: set[str] = field(default_factory=set)
    missed: dict[str, str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """Its id, without a slash at the end."""
        return str(self.body["id"]).rstrip("/")


class Links:
    """The things that were listed in one subscription, by their ids in small letters."""

    def __init__(self, things: Iterable[Thing], subscription: str) -> None:
        """Take all of them."""
        self._ids: dict[str, str] = {}
        for each in things:
            self._ids.setdefault(each.id.lower(), each.id)
            if (
                each.type == DEFINITIONS
            ):  # assignments name a role by the id that it has in their subscription
                guid = each.id.rpartition("/")[2]
                path = f"/subscriptions/{subscription}/providers/{DEFINITIONS}/{guid}".lower()
                self._ids.setdefault(path, each.id)

    def of(self, id_: str) -> Any:
        """Return a reference to what has the id, the id itself where that was not listed."""
        found = self._ids.get(id_.lower())
        return id_ if found is None else Reference(found, "id")

    def copy(self, value: Any, depth: int = 0) -> Any:
        """Return a copy of `value`, its names in the case that services read them in."""
        if depth > _DEPTH:
            return Unresolved(f"it is nested deeper than {_DEPTH} levels", "look at it in the portal")
        if isinstance(value, dict):
            return {
                canonical(name): self._as_it_is(each) if name.lower() in _FREE else self.copy(each, depth + 1)
                for name, each in value.items()
                if each is not None
            }
        if isinstance(value, list):
            return [self.copy(each, depth + 1) for each in value]
        return self.of(value) if isinstance(value, str) and value[:1] == "/" else value

    def _as_it_is(self, value: Any) -> Any:
        return dict(value) if isinstance(value, dict) else value


def resource(thing: Thing, links: Links, subscription: str, context: Mapping[str, str]) -> Resource:
    """Return the resource that a thing is."""
    body: dict[str, Any] = links.copy(dict(thing.body))
    without_secrets(body)
    properties = body.get("properties")
    if "secret" in thing.type and isinstance(properties, dict):
        without_secrets(properties, thing.type)
    body |= {
        "id": thing.id,
        "name": thing.id.rpartition("/")[2],
        "type": thing.type,
        "scope": links.of(_scope(thing.id)),
    }
    body.pop("apiVersion", None)
    if thing.api:
        body["apiVersion"] = thing.api
    if ids.is_child(thing.id):
        body["parent"] = _parents(thing.id, links)
    place = Place(f"{thing.call} {subscription} {'/'.join(names_of(thing.id))}")
    missed = {f"without {type_}": why for type_, why in thing.missed.items()}
    return Resource(
        thing.type,
        thing.id,
        body,
        place,
        plane="live",
        dialect="arm",
        scope=f"azure:{subscription}",
        locate=_locator(place, RESTS.get(thing.type)),
        context={
            **context,
            "children": " ".join(sorted(thing.asked)),
            "whole": " ".join(sorted(thing.whole)),
            **missed,
        },
    )


def names_of(id_: str) -> list[str]:
    """Return what a resource is called, with those that it is a child of: `["orders", "default", "invoices"]`."""
    steps = ids.parts(id_)
    at = max((index for index, each in enumerate(steps) if each.lower() == "providers"), default=0)
    return list(steps[at + 3 :: 2] or steps[-1:])


def _scope(id_: str) -> str:
    """Return the id of what a resource stands in or is an extension of; of a child, that of its outermost parent."""
    while ids.is_child(id_):
        id_ = ids.above(id_)
    return ids.above(id_) or "/"


def _parents(id_: str, links: Links) -> Any:
    """Return references to what a child is inside of, the nearest first; the nearest's id where none was listed."""
    first = at = ids.above(id_)
    found = []
    while True:
        if isinstance(link := links.of(at), Reference):
            found.append(link)
        if not ids.is_child(at):
            break
        at = ids.above(at)
    if not found:
        return first
    return found[0] if len(found) == 1 else found


def _locator(place: Place, rest: Rest | None) -> Locator:
    """Return the function that tells which call reported a path, and where in its answer."""

    def locate(path: Path) -> Place:
        if rest is not None and path[:2] == ("properties", rest.into):
            where = place.origin.partition(" ")[2]
            return Place(f"{rest.type} {where}", at=dotted(("properties", *path[2:])))
        return Place(place.origin, at=dotted(path))

    return locate
