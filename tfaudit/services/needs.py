"""Which API calls the chosen policies need: their kinds and settings in, listings out, with needless details marked.

A service's facts say by their `api` paths which details they read (`get_bucket_versioning/Status`); functions among
them are searched for such words, with what they use. A detail that no fact names may be read by anything, so it is
always called; one that is left out although something reads it gives an unknown setting, never a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.calls import NOT_WANTED
from tfaudit.reading.fact import Fact as Stated
from tfaudit.reading.facts import At, Fact
from tfaudit.reading.spelling import Word

if TYPE_CHECKING:
    from tfaudit.model.calls import Detail, Listing
    from tfaudit.reading.spelling import Spelling
    from tfaudit.services.registry import Registry

_WORD = re.compile(r"[a-z0-9_]+")
_DEEPEST = 8


def calls(
    registry: Registry,
    clients: str,
    kinds: frozenset[str] | None = None,
    settings: frozenset[str] | None = None,
) -> list[Listing]:
    """Return the listings of the services of one provider folder (`aws`) that yield one of `kinds`.

    Details that none of `settings` needs have `wanted` false. None stands for all kinds, and for all settings.
    """
    found: list[Listing] = []
    for module in registry.calling(clients, kinds):
        named, asked = _words(module, settings)
        for listing in module.CALLS:
            homes = frozenset(each.strip().rpartition("/")[0] for each in listing.region_at.split(","))
            details = tuple(_trimmed(each, named, asked | homes, settings) for each in listing.details)
            found.append(replace(listing, details=details))
    return found


def _trimmed(
    detail: Detail, named: frozenset[str], asked: frozenset[str], settings: frozenset[str] | None
) -> Detail:
    inner = tuple(_trimmed(each, named, asked, settings) for each in detail.details)
    if settings is None:
        wanted = True
    elif detail.settings:
        wanted = not settings.isdisjoint(detail.settings)
    else:
        wanted = detail.key in asked or detail.key not in named
    return replace(detail, details=inner, wanted=wanted or any(each.wanted for each in inner))


def asked_for(body: Mapping[str, Any], details: Iterable[Detail]) -> dict[str, Any]:
    """Return a recorded item's body as a scan that makes only the wanted ones of `details` would have it."""
    left = dict(body)
    for detail in details:
        answer = left.get(detail.key)
        if not detail.wanted:
            left[detail.key] = NOT_WANTED
        elif isinstance(answer, list):
            left[detail.key] = [
                asked_for(each, detail.details) if isinstance(each, Mapping) else each for each in answer
            ]
    return left


def _words(module: ModuleType, settings: frozenset[str] | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of all facts of `module`, and those of its `assets` and the facts that `settings` ask for."""
    tables = [each for each in vars(module).values() if _is_table(each)]
    if tables:
        return _by_tables(module, tables, settings)
    every: set[str] = set()
    asked: set[str] = set(_words_in(module.assets))
    for table in vars(module).values():
        if not isinstance(table, Mapping) or not all(isinstance(each, Fact) for each in table.values()):
            continue
        for name, fact in table.items():
            words = {word for part in (fact.api, fact.default, fact.using) for word in _words_in(part)}
            every |= words
            if settings is None or name in settings:
                asked |= words
    return frozenset(every), frozenset(asked)


def _is_table(value: Any) -> bool:
    return (
        isinstance(value, Mapping) and bool(value) and all(isinstance(each, Word) for each in value.values())
    )


def _by_tables(
    module: ModuleType, tables: list[Spelling], settings: frozenset[str] | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the same of a module with tables: its facts state of which words they are made."""
    asked = set(getattr(module, "IDENTITY", ()))
    for facts in vars(module).values():
        if isinstance(facts, Mapping) and all(isinstance(each, Stated) for each in facts.values()):
            for name, fact in facts.items():
                if settings is None or name in settings:
                    asked.update(fact.words)
    every = {word for table in tables for name in table for word in _called(table[name])}
    wanted = {word for table in tables for name in asked & table.keys() for word in _called(table[name])}
    return frozenset(every), frozenset(wanted)


def _called(word: Word) -> Iterator[str]:
    for path in word.api:
        yield from _WORD.findall(path)
    for inner in (word.rows or {}).values():
        yield from _called(inner)


def _words_in(value: Any, depth: int = 0, seen: set[int] | None = None) -> Iterator[str]:
    """Yield the words of the texts that `value`, a path or a function, holds or uses within tfaudit."""
    seen = set() if seen is None else seen
    if depth > _DEEPEST or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, str):
        yield from _WORD.findall(value)
        return
    for each in _parts(value):
        yield from _words_in(each, depth + 1, seen)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, (tuple, list, set, frozenset)):
        return value
    if isinstance(value, At):
        return (value.path, value.using)
    if isinstance(value, partial):
        return (value.func, *value.args, *value.keywords.values())
    if isinstance(value, CodeType):
        return value.co_consts
    if isinstance(value, FunctionType) and value.__module__.startswith("tfaudit"):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        used = [value.__globals__.get(name) for code in _codes(value.__code__) for name in code.co_names]
        return (value.__code__, value.__defaults__, *cells, *used)
    return ()


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)
