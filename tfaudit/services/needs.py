"""Which API calls the chosen policies need: their kinds and settings in, listings out, with needless details marked.

A service's facts say of which words they are made, and its tables by which details an API answers them
(`get_bucket_versioning/Status`). A detail that no word names may be read by anything, so it is always called; one that
is left out although something reads it gives an unknown setting, never a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.calls import NOT_WANTED
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Word

if TYPE_CHECKING:
    from tfaudit.model.calls import Detail, Listing
    from tfaudit.services.registry import Registry

_WORD = re.compile(r"[a-z0-9_]+")


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


def _is_table(value: Any) -> bool:
    return (
        isinstance(value, Mapping) and bool(value) and all(isinstance(each, Word) for each in value.values())
    )


def _words(module: Any, settings: frozenset[str] | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the API's paths in all tables of a service, and those that its facts for `settings` need."""
    tables = [each for each in vars(module).values() if _is_table(each)]
    asked = set(getattr(module, "IDENTITY", ()))
    for facts in vars(module).values():
        if isinstance(facts, Mapping) and all(isinstance(each, Fact) for each in facts.values()):
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
