"""Rows: resources as plain data, which a worker sends, a cache keeps, and `resource` reads.

A row is `(type, address, body, spot, suppressions, context, marked)`. In a body, `("?", because, settle_with,
expression)` stands for an `Unresolved` and `("@", address, attribute)` for a `Reference`; `marked` says whether there
is one. A spot is `(origin, line, column, end_line, inside)`, where `inside`
maps the steps of a body's path to `(line, column, end_line, inside)`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from tfaudit.model.resources import Path, Place, Reference, Resource, Suppression, Unresolved, dotted

Row: TypeAlias = tuple[Any, ...]


def resource(row: Row, scope: str) -> Resource:
    """Return the resource that a row tells of."""
    type_, address, body, spot, suppressions, context, marked = row
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
            Suppression(tool, ids, reason, until, Place(*place), path, where)
            for tool, ids, reason, until, place, path, where in suppressions
        )
        if suppressions
        else (),
        context,
    )


class _Locator:
    """Tells where a path of a body stands in its block."""

    __slots__ = ("_spot",)

    def __init__(self, spot: tuple[Any, ...]) -> None:
        self._spot = spot

    def __call__(self, path: Path) -> Place:
        """Return the place of `path`, or of its nearest parent that is written."""
        origin, line, column, end_line, inside = self._spot
        for step in path:
            found = inside.get(step) if inside else None
            if found is None:
                break
            line, column, end_line, inside = found
        return Place(origin, line, column, end_line, dotted(path))


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
