"""What was read of a manifest, as bytes that a worker sends and the main process turns back into the same resources.

The places of a document's members travel beside it, and are taken apart only where one is asked for: most are never.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any, TypeAlias

from msgspec.structs import astuple

from tfaudit.model.resources import Path, Place, Resource, Suppression, Unread, Unresolved
from tfaudit.sources.text.document import Document, Located, Spots

_PLAIN = frozenset((str, int, float, bool, type(None), bytes))
_MOST_ALIKE = 2_000
_alike: dict[tuple[bytes, int], dict[Path, tuple[int, int, int]]] = {}
"""What the paths of documents came to that have the same members at the same places."""
Mark: TypeAlias = tuple[Any, Any, str, Any]
"""A list or dict, the step in it, and what stands there that has no bytes of its own: its kind and its parts."""


def packed(found: Iterable[Resource | Unread]) -> bytes | None:
    """Return the bytes of what was read of one manifest; None where something in it cannot be sent."""
    numbers: dict[int, int] = {}
    documents: list[Document] = []
    rows: list[Any] = []
    for each in found:
        if isinstance(each, Unread):
            rows.append((astuple(each.place), each.because, each.settle_with, each.accepted))
            continue
        locate = each.locate
        if not isinstance(locate, Located):
            return None
        number = numbers.setdefault(id(locate.document), len(documents))
        if number == len(documents):
            documents.append(locate.document)
        rows.append(_row(each, number, locate.base))
    for marked in (False, True):
        marks = [mark for each in documents for mark in _marks(each.value)] if marked else []
        same: dict[bytes, bytes] = {}
        with suppress(ValueError):
            # What a mark stands for may have had members, and the places of these.
            sent = [_document(each, same, alike=not marked) for each in documents]
            return marshal.dumps((rows, sent, marks))
    return None  # a key that is a date, say


def unpacked(data: bytes) -> Iterator[Resource | Unread]:
    """Yield what `packed` was given."""
    rows, documents, marks = marshal.loads(data)  # noqa: S302 - a worker of ours wrote it
    for container, step, kind, parts in marks:
        container[step] = _UNPACK[kind](parts)
    made = [_made(*each) for each in documents]
    for row in rows:
        if len(row) == 4:
            yield Unread(Place(*row[0]), *row[1:])
        else:
            yield _resource(row, made)


def _row(each: Resource, number: int, base: Path) -> tuple[Any, ...]:
    place = each.place
    suppressions = [
        (one.tool, one.ids, one.reason, one.until, astuple(one.place), one.path, one.where, one.named)
        for one in each.suppressions
    ]
    where = (place.origin, place.line, place.column, place.end_line, place.at)
    said = (each.plane, each.dialect, each.scope, dict(each.context))
    return number, base, each.type, each.address, where, suppressions, *said


def _resource(row: tuple[Any, ...], documents: list[Document]) -> Resource:
    number, base, type_, address, at, suppressions, plane, dialect, scope, context = row
    document = documents[number]
    body = document.value
    for step in base:
        body = body[step]
    stated = tuple(
        Suppression(tool, ids, reason, until, Place(*place), path, where, named=named)
        for tool, ids, reason, until, place, path, where, named in suppressions
    )
    locate = document.locator(base)
    return Resource(type_, address, body, Place(*at), plane, dialect, scope, locate, stated, context)


def _document(each: Document, same: dict[bytes, bytes], *, alike: bool) -> tuple[Any, ...]:
    """Return the parts of a document; `same` has the places that were sent with others, for they are sent once."""
    spots: Any = each.spots() if callable(each.spots) else each.spots
    nodes = list(_containers(each.value)) if each.nodes is None else each.nodes
    places = marshal.dumps([spots.get(id(node)) for node in nodes])
    places = same.setdefault(places, places)
    # The items of a typed list have been given members that stand nowhere.
    is_alike = alike and each.alike is not None and "items" not in each.value
    return each.value, each.origin, each.line, each.first_line, nodes, places, is_alike


def _made(  # noqa: PLR0913 - the parts of `_document`
    value: Any, origin: str, line: int, first: int, nodes: list[Any], places: bytes, is_alike: bool
) -> Document:
    found = Document(value, origin, line, first, partial(_spots, nodes, places))
    if is_alike:
        if len(_alike) > _MOST_ALIKE:
            _alike.clear()
        found.alike = _alike.setdefault((places, line - first), {})
    return found


def _spots(nodes: list[Any], places: bytes) -> Spots:
    stated = marshal.loads(places)  # noqa: S302 - a worker of ours wrote it
    return {id(node): here for node, here in zip(nodes, stated, strict=True) if here is not None}


def _containers(value: Any) -> Iterator[Any]:
    """Yield each list and dict of a document once, in an order that its values decide."""
    stack = [value]
    seen = {id(value)}
    while stack:
        node = stack.pop()
        if node.__class__ is not dict and node.__class__ is not list:
            continue
        yield node
        for each in node.values() if node.__class__ is dict else node:
            if (each.__class__ is dict or each.__class__ is list) and id(each) not in seen:
                seen.add(id(each))
                stack.append(each)


def _marks(value: Any) -> list[Mark]:
    """Take out, in place, what has no bytes of its own; return where it stood, and what it was."""
    found: list[Mark] = []
    for node in _containers(value):
        for step, each in node.items() if node.__class__ is dict else enumerate(node):
            kind = each.__class__
            if kind in _PLAIN or kind is dict or kind is list:
                continue
            if kind is Unresolved:
                found.append((node, step, "unresolved", astuple(each)))
            elif kind is date or kind is datetime:
                found.append((node, step, kind.__name__, each.isoformat()))
    for node, step, _, _ in found:
        node[step] = None
    return found


_UNPACK: Any = {
    "unresolved": lambda parts: Unresolved(*parts),
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
