"""How the words of a table are reached in one dialect: their paths, parsed once for all resources."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.reading.inventory import ABSENT, EMPTY_IS_UNSET, Misplaced, walk
from tfaudit.reading.lift import SCALARS, holds_unknown
from tfaudit.reading.spelling import NOTHING, Spelling

ROOT = "/"
"""What stands for the companion of a path that is counted from the resource's root, wherever a view looks."""


@lru_cache(maxsize=4096)
def parse_path(path: str) -> tuple[str, Path]:
    """Return the companion ("" for none, `ROOT` for the resource itself) and the steps of a written path."""
    companion, slash, rest = path.rpartition("/")
    if slash and not companion:
        companion = ROOT
    steps = tuple(int(step) if step.isdigit() else step for step in rest.split(".") if step)
    return companion, steps


class Spot(Struct, frozen=True):
    """One path of a word: its steps, and apart the mapping around the last one, which several words share.

    `chain` names each mapping on the way there, with the step that leads to it.
    """

    from_root: bool
    steps: Path
    around: str
    last: str | int
    chain: tuple[tuple[str, str | int], ...]


class Way(Struct, frozen=True):
    """Where one word stands, from where a view looks or from the root; several spots where several may have it.

    `rows` are the ways to the words of its rows, unless one of these stands elsewhere (`by_views`). `plain` are those
    words with their first step and the rest, where no more than that has to be done.
    """

    spots: tuple[Spot, ...]
    by_views: bool = False
    rows: Ways | None = None
    plain: tuple[tuple[str, str | int, Path], ...] | None = None


Ways: TypeAlias = dict[str, Way | None]
"""The ways to all words of a table; None for one that stands in another resource, or has no path."""

Nodes: TypeAlias = dict[str, tuple[Any, Path]]
"""What stands around words, with its path, by the path as it is written; "" is where the walk begins."""

_FOUND: dict[tuple[int, str], tuple[Spelling, Ways]] = {}


def ways(table: Spelling, dialect: str) -> Ways:
    """Return the ways to the words of `table`."""
    found = _FOUND.get((id(table), dialect))
    if found is None or found[0] is not table:
        made: Ways = {name: _way(word.paths(dialect), word.rows, dialect) for name, word in table.items()}
        found = _FOUND[id(table), dialect] = (table, made)
    return found[1]


def _way(paths: tuple[str, ...], rows: Spelling | None, dialect: str) -> Way | None:
    parsed = [parse_path(path) for path in paths]
    if not paths or NOTHING in paths or any(at not in ("", ROOT) or not steps for at, steps in parsed):
        return None
    inner = None if rows is None else ways(rows, dialect)
    spots = [_spot(companion == ROOT, steps) for companion, steps in parsed]
    if inner is None:
        return Way(tuple(spots))
    if any(each is None or each.by_views for each in inner.values()):
        return Way(tuple(spots), by_views=True)
    return Way(tuple(spots), rows=inner, plain=_plain(inner, dialect))


def _spot(from_root: bool, steps: Path) -> Spot:
    names = [".".join(map(str, steps[:end])) for end in range(len(steps))]
    return Spot(from_root, steps, names[-1], steps[-1], tuple(zip(names[1:], steps[:-1], strict=True)))


def _plain(rows: Ways, dialect: str) -> tuple[tuple[str, str | int, Path], ...] | None:
    found: list[tuple[str, str | int, Path]] = []
    for name, way in rows.items():
        if way is None or way.rows is not None or len(way.spots) > 1 or dialect == "terraform":
            return None
        (spot,) = way.spots
        if spot.from_root:
            return None
        found.append((name, spot.steps[0], spot.steps[1:]))
    return tuple(found)


def find(way: Way, nodes: Nodes, roots: Nodes, dialect: str) -> tuple[Any, Path]:
    """Return the value at the first spot of a way at which something stands, with its path.

    `nodes` and `roots` hold what was walked to before, from where a view looks and from the root.
    """
    value: Any = ABSENT
    path: Path = ()
    misplaced: tuple[Any, Path] | None = None
    for spot in way.spots:
        known = roots if spot.from_root else nodes
        inside, path = known.get(spot.around) or _walked(spot.chain, known)
        if inside.__class__ is dict:
            value = inside.get(spot.last)
            if value is None or value is ABSENT:
                value = inside.get("@Transform", ABSENT)  # as in `walk`
            else:
                path = (*path, spot.last)
        elif inside is ABSENT:
            value = ABSENT
        else:
            value, taken = walk(inside, (spot.last,))
            path = path + taken
        if not value and value == "" and dialect in EMPTY_IS_UNSET:
            value = ABSENT  # as in `View.read`
        if value.__class__ is Misplaced:
            misplaced = misplaced or (value, path)
            value = ABSENT
        if value is not ABSENT:
            break
    return (value, path) if value is not ABSENT or misplaced is None else misplaced


def _walked(chain: tuple[tuple[str, str | int], ...], nodes: Nodes) -> tuple[Any, Path]:
    """Walk a chain as far as it has not been, and keep all on the way."""
    start = len(chain) - 1
    while start > 0 and chain[start - 1][0] not in nodes:
        start -= 1
    value, path = nodes[chain[start - 1][0] if start > 0 else ""]
    for name, step in chain[start:]:
        inner = value.get(step) if value.__class__ is dict else None
        if inner is None:
            value, taken = walk(value, (step,))
            path = path + taken
        else:
            value, path = inner, (*path, step)
        nodes[name] = (value, path)
    return value, path


def rows_of(value: Any, resource: Resource, way: Way) -> tuple[list[Any], bool]:
    """Return each element of the list `value` as a map of the words of its rows, and whether all of them are known.

    An element that is not known stays as it is.
    """
    if value.__class__ is not list:
        # Terraform writes a block that stands once without a list; an object of Kubernetes has a list, or is wrong.
        value = [] if resource.dialect == "kubernetes" else [value]
    rows: list[Any] = []
    whole = True
    unset = resource.dialect in EMPTY_IS_UNSET
    for each in value:
        if way.plain is not None and each.__class__ is dict and "@Transform" not in each:
            row: dict[str, Any] = {}
            for name, step, rest in way.plain:
                found = each.get(step)
                if rest and found is not None:
                    found = walk(found, rest)[0]
                if found is not None and found is not ABSENT and not (unset and found == ""):
                    row[name] = found
                    if found.__class__ not in SCALARS and whole:
                        whole = not holds_unknown(found)
            rows.append(row)
        else:
            rows.append(_row(each, resource, way))
            whole = whole and not holds_unknown(rows[-1])
    return rows, whole


def _row(element: Any, resource: Resource, way: Way) -> Any:
    if isinstance(element, (Unresolved, Reference)):
        return element
    row: dict[str, Any] = {}
    for name, inner in (way.rows or {}).items():
        for spot in inner.spots if inner is not None else ():
            value = walk(resource.body if spot.from_root else element, spot.steps)[0]
            if value.__class__ is Misplaced:
                row.setdefault(name, value)  # unless another path leads to a value
                continue
            if value is ABSENT or value is None or (value == "" and resource.dialect in EMPTY_IS_UNSET):
                continue
            if (
                inner is not None
                and inner.rows is not None
                and not isinstance(value, (Unresolved, Reference))
            ):
                value = rows_of(value, resource, inner)[0]
            row[name] = value
            break
    return row


def place_in(value: Any, way: Way, inside: Path) -> Path | None:
    """Return the path from the list `value` to a row of it, or to a word of that row; None where there is none."""
    if not inside:
        return ()
    number, *rest = inside
    element: Any = value
    path: Path = ()
    if value.__class__ is list and isinstance(number, int) and number < len(value):
        element, path = value[number], (number,)
    inner = (way.rows or {}).get(str(rest[0])) if rest else None
    if inner is None or any(spot.from_root for spot in inner.spots):
        return None if rest else path
    found: Any = ABSENT
    taken: Path = ()
    for spot in inner.spots:
        found, taken = walk(element, spot.steps)
        if found is not ABSENT:
            break
    further = place_in(found, inner, tuple(rest[1:]))
    return None if further is None else path + taken + further
