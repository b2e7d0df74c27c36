"""Rows: resources as plain data, which a worker sends, a cache keeps, and `resource` reads.

A row is `(type, address, body, spot, suppressions, context, marked, uses, last_line)`. In a body, `("?", because,
settle_with, expression)` stands for an `Unresolved` and `("@", address, attribute)` for a `Reference`; `marked` says
whether there is one. A spot is `(origin, line, column, end_line, inside)`, where `inside` maps the steps of a body's
path to `(line, column, end_line, inside)`. `uses` are those of `origins`, None for none.

A row that leaves its process is `packed`: places and uses take most of the memory of a resource, and are asked for
little of what is read, so that they stay data until then.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from tfaudit.model.resources import (
    Origin,
    Path,
    Place,
    Reference,
    Resource,
    Suppression,
    Unresolved,
    dotted,
)

Row: TypeAlias = tuple[Any, ...]

MAX_ORIGINS = 12
"""How many origins are stated of one value."""


def packed(row: Row) -> Row:
    """Return a row of which `inside` and `uses` are marshal data."""
    *spot, inside = row[3]
    uses = None if row[7] is None else marshal.dumps(row[7])
    return (*row[:3], (*spot, marshal.dumps(inside)), *row[4:7], uses, row[8])


@lru_cache(maxsize=64)
def _unpacked(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - packed above, and came with the row


@lru_cache(maxsize=4)
def _entries_of(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - as above


def resource(row: Row, scope: str, entries: list[Any] | bytes) -> Resource:
    """Return the resource that a row describes, packed or not.

    `entries` are those of its root's table of origins, or marshal data of them.
    """
    type_, address, body, spot, suppressions, context, marked, uses, last_line = row
    origin, line, column, end_line, _ = spot
    return Resource(
        type_,
        address,
        decode(body) if marked else body,
        Place(origin, line, column, end_line, address),
        "code",
        "terraform",
        scope,
        _Locator(spot),
        tuple(
            Suppression(tool, ids, reason, until, Place(*place), path, where, named=named)
            for tool, ids, reason, until, place, path, where, named in suppressions
        )
        if suppressions
        else (),
        context,
        None if uses is None else _Origins(uses, entries),
        last_line,
    )


class _Origins:
    """Tells what the value at a path of a body comes from."""

    __slots__ = ("_entries", "_uses")

    def __init__(self, uses: dict[Any, Any] | bytes, entries: list[Any] | bytes) -> None:
        self._uses = uses
        self._entries = entries

    def __call__(self, path: Path, read: Any) -> tuple[Origin, ...]:
        """Return the origins of the value at `path`, the nearest first, each followed by what it comes from."""
        from tfaudit.redaction import doubtful_name

        entries = _entries_of(self._entries) if isinstance(self._entries, bytes) else self._entries
        hidden = any(doubtful_name(str(step)) for step in path)
        todo = [(number, hidden) for number in dict.fromkeys(self._numbers(path))][::-1]
        found: dict[int, Origin] = {}
        while todo and len(found) < MAX_ORIGINS:
            number, hidden = todo.pop()
            if number in found:
                continue
            entry = entries[number]
            hidden = hidden or entry[5]
            found[number] = _origin(entry, hidden, read)
            todo += [(each, hidden) for each in reversed(entry[4])]
        return tuple(found.values())

    def _numbers(self, path: Path) -> Iterator[int]:
        """Yield what is used at `path`; of a part that is not written, what the whole is taken from."""
        if not path:
            return
        own: tuple[int, ...] = ()
        used: Any = _unpacked(self._uses) if isinstance(self._uses, bytes) else self._uses
        for step in path:
            found = used.get(step) if isinstance(used, dict) else None
            if found is None:
                yield from own
                return
            used = found
            own = used if isinstance(used, tuple) else used.get(None, ())
        yield from own
        if isinstance(used, dict):
            # The elements of a list decide together; of a map, a block or a document it is not known which part did.
            for key, inner in used.items():
                if isinstance(key, int) and isinstance(inner, tuple):
                    yield from inner


def _origin(entry: tuple[Any, ...], hidden: bool, read: Any) -> Origin:
    from tfaudit.sources.text.origins import shown

    name, value, by, place, _, _ = entry
    stated = shown(value[0], (), read) if value and not hidden else ""
    return Origin(name, by, Place(*place) if place else None, stated)


class _Locator:
    """Tells where a path of a body stands in its block."""

    __slots__ = ("_spot",)

    def __init__(self, spot: tuple[Any, ...]) -> None:
        self._spot = spot

    def __call__(self, path: Path) -> Place:
        """Return the place of `path`, or of its nearest parent that is written."""
        origin, line, column, end_line, inside = self._spot
        inside = _unpacked(inside) if path and isinstance(inside, bytes) else inside
        for step in path:
            found = inside.get(step) if inside else None
            if found is None:
                break
            line, column, end_line, inside = found
        return Place(origin, line, column, end_line, dotted(path))

    def is_block(self, path: Path) -> bool:
        """Whether the list at `path` is written as blocks, rather than as the value of an attribute."""
        inside = self._spot[4]
        inside = _unpacked(inside) if isinstance(inside, bytes) else inside
        for step in path[:-1]:
            found = inside.get(step) if inside else None
            inside = found[3] if found else None
        spot = inside.get(path[-1]) if inside else None
        if spot is None:
            return True  # written in another file, which overrides this one
        # A block is where its name is; the elements of a value stand behind the name.
        return bool(spot[3]) and 0 in spot[3] and spot[3][0][:3] == spot[:3]


def decode(value: Any) -> Any:
    """Return `value` with its marks turned into `Unresolved` and `Reference`; containers are changed in place."""
    if isinstance(value, tuple):
        return Reference(value[1], value[2]) if value[0] == "@" else Unresolved(*value[1:])
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (tuple, dict, list)):
                value[key] = decode(inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, (tuple, dict, list)):
                value[index] = decode(inner)
    return value
