"""What a plane can be judged by: which settings of which kinds some service reads there, told by its tables and facts.

A service has a path for each word in each spelling, or none; a fact says of which words it is made. A setting that is
made of words without a path in a spelling is never known there, so no policy that asks for it is judged there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Word
from tfaudit.services.protocol import Service
from tfaudit.services.registry import Registry, spelling_of

Told: TypeAlias = Mapping[str, "bool | Documented | None"]
"""Of each setting whether it is read; what always holds of it; None for one that such an asset cannot have."""


class Readable:
    """What one plane tells of assets: for each set of facts of a service, its kinds and what it tells."""

    def __init__(self, registry: Registry, plane: str) -> None:
        """Look into every service that reads from `plane`."""
        self._found: list[tuple[tuple[str, ...], Told]] = []
        for module, type_, spelling in registry.reading(plane):
            tables = list(_tables(module, type_))
            for facts in _facts(module, type_):
                told = {name: _read(fact, tables, spelling) for name, fact in facts.items()}
                self._found.append((module.KINDS, told))

    def judges(self, kinds: Iterable[str], when: Mapping[str, Any], require: Iterable[str]) -> bool:
        """Whether some asset of `kinds` tells what a policy asks: all conditions, and what is required of it.

        One of which a condition never holds is none.
        """
        wanted, demands = frozenset(kinds), tuple(require)
        return any(
            not wanted.isdisjoint(of)
            and all(_may_hold(told.get(name), matcher) for name, matcher in when.items())
            and all(told.get(name, False) is not False for name in demands)
            and any(told.get(name) is not None for name in demands)
            for of, told in self._found
        )


def _may_hold(told: bool | Documented | None, matcher: Any) -> bool:
    """Whether a condition can hold: not where another value always does."""
    if isinstance(told, Documented):
        return not isinstance(matcher, (bool, int, str)) or told.value == matcher
    return bool(told)


def _read(fact: Fact, tables: list[Mapping[str, Word]], spelling: str) -> bool | Documented | None:
    if fact.constant is not None:
        if isinstance(fact.constant, Documented):
            return fact.constant
        return None if isinstance(fact.constant, Inapplicable) else False
    words = fact.only_by or fact.words
    if not words or any(spelling_of(each) == spelling for each in fact.beside):
        return True  # it is told by what the resource is, or by one that belongs to it
    paths = [
        path for name in words for table in tables if name in table for path in table[name].paths(spelling)
    ]
    if paths and set(paths) == {NOTHING}:
        return isinstance(
            _default(fact, spelling), Documented
        )  # where there is no such thing, the default holds
    return any(path != NOTHING for path in paths)


def _default(fact: Fact, spelling: str) -> object:
    default = fact.default
    return getattr(default, spelling) if isinstance(default, ByPlane) else default


def _tables(module: Service, type_: str) -> Iterator[Mapping[str, Word]]:
    """Yield the tables of a service, of those by type the one of `type_`, and those of the rows inside."""
    for value in vars(module).values():
        if _all(value, Word):
            yield from _with_rows(value)
        elif isinstance(value, Mapping) and _all(value.get(type_), Word):
            yield from _with_rows(value[type_])


def _with_rows(table: Mapping[str, Word]) -> Iterator[Mapping[str, Word]]:
    yield table
    for word in table.values():
        if word.rows:
            yield from _with_rows(word.rows)


def _facts(module: Service, type_: str) -> Iterator[Mapping[str, Fact]]:
    """Yield the sets of facts of a service; of those by type, the one of `type_`."""
    for value in vars(module).values():
        if _all(value, Fact):
            yield value
        elif isinstance(value, Mapping) and value and all(_all(each, Fact) for each in value.values()):
            yield from (each for key, each in value.items() if key == type_ or key not in module.READS)


def _all(value: Any, kind: type) -> bool:
    return (
        isinstance(value, Mapping) and bool(value) and all(isinstance(each, kind) for each in value.values())
    )
