"""A parsed document that can tell where each of its values stands, written in YAML or in JSON."""

from __future__ import annotations

import sys
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from msgspec import Struct, field

from tfaudit.model.resources import Locator, Path, Place, dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The objects of one kind have the same paths: they are written out once.
_dotted = lru_cache(maxsize=65_536)(dotted)

Spots: TypeAlias = dict[int, Any]
"""From the id of a dict or list to the places of its members, by key or by index: line * COLUMNS + column."""


class Sought(Protocol):
    """Spots that are looked for when somebody asks, as `json_places.JsonSpots` does."""

    def get(self, key: int, default: Any = None) -> Any:
        """Return the places of the members of the dict or list with the id `key`."""
        ...

    def values(self) -> Iterable[Any]:
        """Return the places of the members of all of them."""
        ...


_Reached: TypeAlias = tuple[Any, int, bool]
"""A value, or that of the nearest parent that is there; its line and column as one number; and whether it is there."""

COLUMNS = 1 << 20


class Duplicate(Struct, frozen=True):
    """A key that stands twice in one mapping. The last counts here; other readers take the first, or refuse.

    `within` is the mapping in the document's value. Lines are from 1.
    """

    within: dict[Any, Any]
    key: Any
    line: int
    first_line: int


class Document(Struct):
    """One document of a stream: its value, and where each member of it stands.

    `line` is where its value begins, `separator` where its `---` stands, both from 1. `spots` count lines from
    `first_line` (from 0); a function makes them when first asked for. `kept` holds values that a tag hook has
    replaced, so that no other gets their id.
    """

    value: Any
    origin: str
    line: int
    first_line: int = 0
    spots: Spots | Sought | Callable[[], Spots | Sought] = field(default_factory=dict)
    duplicates: tuple[Duplicate, ...] = ()
    kept: tuple[Any, ...] = ()
    separator: int = 1
    # The lists and dicts that have places, where the reader has kept them.
    nodes: list[Any] | None = None
    # The lines (from 0, counted from `first_line`), columns and last lines of paths, which all documents share that
    # have the same members at the same places; None where values or aliases decide these too.
    alike: dict[Path, tuple[int, int, int]] | None = None
    # What was reached on the way to a place, and the places, since many settings share them.
    _parents: dict[Path, _Reached] = field(default_factory=dict)
    _places: dict[Path, Place] = field(default_factory=dict)
    # All places in order, where a text of several lines has asked for them.
    _ordered: list[int] | None = None

    def place(self, path: Path = ()) -> Place:
        """Return where the key or item at `path` stands, with the last line of its value.

        For a path that is not there it is the nearest parent that is; () is the document. `at` is `path`.
        """
        stated = self._places.get(path)
        if stated is None:
            line, column, end = self.lines(path)
            stated = self._places[path] = Place(self.origin, line, column, end, _dotted(path))
        return stated

    def lines(self, path: Path) -> tuple[int, int, int]:
        """Return line and column of `path`, and the last line of its value, as `place` has them."""
        first = self.first_line + 1
        if self.alike is None:
            line, column, end = self._lines(path)
        else:
            known = self.alike.get(path)
            if known is None:
                known = self.alike[path] = self._lines(path)
            line, column, end = known
        return first + line, column, first + end

    def _lines(self, path: Path) -> tuple[int, int, int]:
        value, found, _ = self._reached(path, keep=False)
        line = found // COLUMNS
        end = line
        if value.__class__ is dict or value.__class__ is list or (value.__class__ is str and "\n" in value):
            end = self._end(value, line)
        return line, found % COLUMNS + 1, end

    def _reached(self, path: Path, *, keep: bool) -> _Reached:
        """Return what stands at `path`; to `keep` it is worth while for what other paths lead through."""
        known = self._parents.get(path)
        if known is not None:
            return known
        known = self._entered(self._reached(path[:-1], keep=True), path[-1]) if path else self._whole()
        if keep:
            self._parents[path] = known
        return known

    def _whole(self) -> _Reached:
        if callable(self.spots):
            self.spots = self.spots()
        return self.value, (self.line - 1 - self.first_line) * COLUMNS, True

    def _entered(self, parent: _Reached, step: str | int) -> _Reached:
        """Return what stands at a step from `parent`; where nothing does, the parent stands for it and all below."""
        value, found, is_there = parent
        if not is_there:
            return parent
        spots: Any = self.spots
        if value.__class__ is dict and step in value:
            members = spots.get(id(value))
            # What a tag hook made has no places of its own: its members count as standing where it does.
            return value[step], found if members is None else members.get(step, found), True
        if value.__class__ is list:  # A list is entered at its first item.
            index = step if isinstance(step, int) else 0
            if 0 <= index < len(value):
                members = spots.get(id(value))
                has_place = members is not None and index < len(members)
                return value[index], members[index] if has_place else found, True
        return value, found, False

    def members(self) -> Iterator[tuple[Path, int]]:
        """Yield the path of each key and item with its line; what an alias leads to is yielded once."""
        self.place()
        spots: Any = self.spots
        level: list[tuple[Path, Any]] = [((), self.value)]
        seen: set[int] = set()
        while level:
            path, value = level.pop()
            members = spots.get(id(value))
            if members is None or id(value) in seen:
                continue
            seen.add(id(value))
            for step, where in members.items() if isinstance(members, dict) else enumerate(members):
                yield (*path, step), self.first_line + where // COLUMNS + 1
                level.append(((*path, step), value[step]))

    def locator(self, base: Path = ()) -> Locator:
        """Return the function that tells the place of a path below `base`."""
        return Located(self, base)

    def _end(self, value: Any, line: int) -> int:
        """Return the last line of a value that begins at `line`: that of its last member."""
        spots: Any = self.spots
        while isinstance(value, (dict, list)) and value:
            members = spots.get(id(value))
            if not members:
                break
            last: Any = (
                max(members, key=members.__getitem__) if isinstance(members, dict) else len(members) - 1
            )
            line = max(line, members[last] // COLUMNS)
            value = value[last]
        if not isinstance(value, str) or "\n" not in value:
            return line
        # A block scalar goes on over lines of its own; a quoted one may not: the next place bounds both.
        if self._ordered is None:
            self._ordered = sorted(each for members in spots.values() for each in _places(members))
        later = bisect_left(self._ordered, (line + 1) * COLUMNS)
        following = self._ordered[later] // COLUMNS if later < len(self._ordered) else sys.maxsize
        return min(line + value.count("\n"), following - 1)


class Located(Struct, frozen=True):
    """Tells the places of what stands at `base` of a document; a `Locator`."""

    document: Document
    base: Path

    def __call__(self, path: Path) -> Place:
        """Return the place of `path`, counted from the base."""
        return self.document.place((*self.base, *path) if self.base else path)

    def in_parts(self, path: Path) -> tuple[str, int, int, int, Path]:
        """Return the same in parts: origin, line, column, last line, and the path from the document's root."""
        whole = (*self.base, *path) if self.base else path
        return self.document.origin, *self.document.lines(whole), whole


def _places(members: Any) -> Iterable[int]:
    return members.values() if isinstance(members, dict) else members
