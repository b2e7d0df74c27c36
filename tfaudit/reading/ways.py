"""How the words of a table are reached in one dialect: their paths, parsed once for all resources."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.reading.inventory import ABSENT, walk
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


class Way(Struct, frozen=True):
    """The steps to one word from where a view looks, or from the root; several where several paths may have it."""

    steps: tuple[tuple[bool, Path], ...]
    rows: Ways | None = None


Ways: TypeAlias = dict[str, Way | None]
"""The ways to all words of a table; None for one that stands in another resource, or has no path."""

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
    if not paths or NOTHING in paths or any(companion not in ("", ROOT) for companion, _ in parsed):
        return None
    inner = None if rows is None else ways(rows, dialect)
    if inner is not None and None in inner.values():
        return None
    return Way(tuple((companion == ROOT, steps) for companion, steps in parsed), inner)


def rows_of(value: Any, resource: Resource, table: Ways) -> list[Any]:
    """Return each element of the list `value` as a map of the words in `table`; one that is not known as it is."""
    if value.__class__ is not list:
        # Terraform writes a block that stands once without a list; an object of Kubernetes has a list, or is wrong.
        value = [] if resource.dialect == "kubernetes" else [value]
    return [
        each if isinstance(each, (Unresolved, Reference)) else _row(each, resource, table) for each in value
    ]


def _row(element: Any, resource: Resource, table: Ways) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, way in table.items():
        if way is None:  # no table of rows has such a word: `_way`
            continue
        for from_root, steps in way.steps:
            value = walk(resource.body if from_root else element, steps)[0]
            if value is ABSENT or value is None or (value == "" and resource.dialect == "terraform"):
                continue
            if way.rows is not None and not isinstance(value, (Unresolved, Reference)):
                value = rows_of(value, resource, way.rows)
            row[name] = value
            break
    return row
