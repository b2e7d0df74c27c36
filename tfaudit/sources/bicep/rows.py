"""What is kept of a deployment's resources and gaps: rows of plain data, without the values of a body.

A row has where values are written and what they come from, as far as somebody has asked: verdicts tell no more. Whoever
looks further into a resource has its deployment evaluated again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias

from msgspec.structs import astuple, replace

from tfaudit.model.later import Later
from tfaudit.model.resources import (
    Locator,
    Origin,
    Origins,
    Path,
    Place,
    Resource,
    Suppression,
    Unread,
    dotted,
)

Row: TypeAlias = tuple[Any, ...]
_CONDITION = "@Condition"
"""The member of a body that says on what it hangs whether there is one."""
Found: TypeAlias = "Callable[[], Iterable[Resource | Unread]]"
"""Evaluates a deployment."""


class Looked:
    """Where the values of one resource are written and what they come from, each looked up once.

    `places` are by path, `origins` by path and by a digest of how the value was read: plain data, which a row holds and
    which grows while somebody asks.
    """

    __slots__ = ("_locate", "_origins", "origins", "places")

    def __init__(
        self,
        locate: Locator,
        origins: Origins,
        places: dict[Path, tuple[Any, ...]],
        stated: dict[tuple[Path, bytes], list[tuple[Any, ...]]],
    ) -> None:
        """Look up by `locate` and `origins` what is not in `places` or `stated`."""
        self._locate = locate
        self._origins = origins
        self.places = places
        self.origins = stated

    def place_of(self, path: Path) -> Place:
        """Return where the value at `path` is written."""
        known = self.places.get(path)
        if known is not None:
            return Place(*known)
        found = self._locate(path)
        self.places[path] = astuple(found)
        return found

    def origins_of(self, path: Path, read: Any) -> tuple[Origin, ...]:
        """Return what the value at `path`, which was read as `read`, comes from."""
        key = path, hashlib.blake2b(repr(read).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = self.origins.get(key)
        if known is None:
            found = self._origins(path, read)
            self.origins[key] = [
                (each.name, each.by, astuple(each.place) if each.place is not None else None, each.value)
                for each in found
            ]
            return found
        return tuple(
            Origin(name, by, Place(*at) if at is not None else None, value) for name, by, at, value in known
        )


def written(found: Iterable[Resource | Unread]) -> list[Row]:
    """Return a row for each of what was found; what is asked of the resources from now on goes into their rows."""
    return [_gap_row(each) if isinstance(each, Unread) else _row(each) for each in found]


def _gap_row(gap: Unread) -> Row:
    also = [astuple(each) for each in gap.also]
    return None, astuple(gap.place), gap.because, gap.settle_with, gap.accepted, also


def _row(found: Resource) -> Row:
    locate = found.locate or (lambda path: replace(found.place, at=dotted(path)))
    looked = Looked(locate, found.origins or _none, {}, {})
    found.locate, found.origins = looked.place_of, looked.origins_of
    marks = [(*astuple(each)[:4], astuple(each.place), *astuple(each)[5:]) for each in found.suppressions]
    has = {_CONDITION: _CONDITION in found.body}
    own = astuple(found.place)
    return found.type, found.address, own, marks, dict(found.context), has, looked.places, looked.origins


def _none(_path: Path, _value: Any) -> tuple[Origin, ...]:
    return ()


def asked(row: Row) -> int:
    """Return how many places and origins of a resource a row holds."""
    return 0 if row[0] is None else len(row[-2]) + len(row[-1])


def recalled(rows: Iterable[Row], scope: str, found: Found) -> Iterator[Resource | Unread]:
    """Yield what `rows` are of; `found` evaluates it again, for who asks for more than they hold."""
    again = _Again(found)
    number = 0
    for row in rows:
        if row[0] is None:
            yield gap(row)
        else:
            yield _resource(row, scope, again, number)
            number += 1


def gap(row: Row) -> Unread:
    """Return the gap that a row is of."""
    _, place, because, settle_with, accepted, also = row
    return Unread(Place(*place), because, settle_with, accepted, tuple(Place(*each) for each in also))


def _resource(row: Row, scope: str, again: _Again, number: int) -> Resource:
    type_, address, own, written, context, has, places, origins = row
    place = Place(*own)
    marks: list[Suppression] = []
    for tool, ids, reason, until, at, *more in written:
        marks.append(Suppression(tool, ids, reason, until, Place(*at), *more))
    looked = Looked(partial(again.place, number, place), partial(again.origins, number), places, origins)
    return Resource(
        type_,
        address,
        Later(partial(again.body, number), has),
        place,
        "code",
        "arm",
        scope,
        looked.place_of,
        tuple(marks),
        context,
        looked.origins_of,
    )


class _Again:
    """Evaluates a deployment again, once, where somebody looks into one of its resources.

    Where a file changes while the scan runs, one may not be there any more: then its own place stands for all in it.
    """

    __slots__ = ("_found", "_made")

    def __init__(self, found: Found) -> None:
        self._found = found
        self._made: list[Resource] | None = None

    def resource(self, number: int) -> Resource:
        """Return one of its resources as it is read."""
        if self._made is None:
            self._made = [each for each in self._found() if isinstance(each, Resource)]
        return self._made[number]

    def body(self, number: int) -> Any:
        """Return the body of one."""
        return self.resource(number).body

    def place(self, number: int, own: Place, path: Path) -> Place:
        """Return the place of a value of one, whose own place is `own`."""
        try:
            return self.resource(number).place_of(path)
        except IndexError:
            return replace(own, at=dotted(path))

    def origins(self, number: int, path: Path, read: Any) -> tuple[Origin, ...]:
        """Return what a value of one comes from."""
        try:
            return self.resource(number).origins_of(path, read)
        except IndexError:
            return ()
