"""Which types of Azure's resources the chosen policies need: their kinds and settings in, types out.

A service states the types that it reads or looks up (`DECLARED` those of them of which only code makes something by
itself: live, they are asked for beside others alone), its companions, and the facts that read others beside them
(`Fact.beside`, or a word's path in a companion,
`microsoft.sql/servers/encryptionprotector/properties.serverKeyType`). A companion that no fact names may be read by
anything, so it is always asked for; one that is left out although something reads it gives an unknown setting, never a
wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import Spelling, Word

if TYPE_CHECKING:
    from tfaudit.services.registry import Registry

_OURS = "microsoft."


class Needs(Struct, frozen=True):
    """What is to be asked for. All types in small letters.

    `types` are wanted wherever they are, `beside` those that are wanted only for what is there of each type; `named`
    has types as Azure writes them.
    """

    types: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    named: Mapping[str, str]

    def written(self, type_: str) -> str:
        """Return a type as Azure writes it, where that is known."""
        return self.named.get(type_, type_)


def needs(
    registry: Registry, kinds: frozenset[str] | None = None, settings: frozenset[str] | None = None
) -> Needs:
    """Return what the services of Azure read to yield `kinds` with `settings`; None stands for all of them."""
    types: set[str] = set()
    beside: dict[str, set[str]] = {}
    named: dict[str, str] = {}
    for module in registry.services("azure", kinds):
        own = {each.lower(): each for each in getattr(module, "ARM_TYPES", ())}
        named.update(own)
        declared = frozenset(getattr(module, "DECLARED", ()))
        read = [each for each in module.READS if each.startswith(_OURS) and each not in declared]
        every, asked = _beside(module, settings)
        types.update(each for each in own if each.count("/") == 1 and each not in declared | every)
        companions = {each for each in getattr(module, "COMPANIONS", {}) if each.startswith(_OURS)}
        wanted = (companions - every) | asked
        types.update(read)
        for type_ in wanted:
            parent = type_.rpartition("/")[0]
            if "/" in parent and parent not in read:
                types.add(type_)  # a child of something else: asked for below that
            for each in [parent] if parent in read else read:
                if each != type_ and not each.startswith(
                    f"{type_}/"
                ):  # that is above it, and asked for there
                    beside.setdefault(each, set()).add(type_)
    for type_ in [*types, *beside]:
        _with_parents(type_, beside)
    return Needs(frozenset(types), {each: frozenset(of) for each, of in beside.items()}, named)


def _with_parents(type_: str, beside: dict[str, set[str]]) -> None:
    """Have a child asked for below its parent, and that one below its own."""
    parent = type_.rpartition("/")[0]
    while "/" in parent:
        beside.setdefault(parent, set()).add(type_)
        type_, parent = parent, parent.rpartition("/")[0]


def _beside(module: Any, settings: frozenset[str] | None) -> tuple[set[str], set[str]]:
    """Return the types that facts of a service read beside its own, and those that its facts for `settings` read."""
    tables = [each for each in vars(module).values() if _is_table(each)]
    every: set[str] = set()
    wanted: set[str] = set()
    for facts in vars(module).values():
        if not _are_facts(facts):
            continue
        for name, fact in facts.items():
            read = {each for each in _of_fact(fact, tables) if each.startswith(_OURS)}
            every |= read
            if settings is None or name in settings:
                wanted |= read
    return every, wanted


def _are_facts(value: Any) -> bool:
    return (
        isinstance(value, Mapping) and bool(value) and all(isinstance(each, Fact) for each in value.values())
    )


def _is_table(value: Any) -> bool:
    return (
        isinstance(value, Mapping) and bool(value) and all(isinstance(each, Word) for each in value.values())
    )


def _of_fact(fact: Fact, tables: Iterable[Spelling]) -> Iterator[str]:
    yield from fact.beside
    for table in tables:
        for name in fact.words:
            if name in table:
                yield from (each.rpartition("/")[0] for each in table[name].arm if "/" in each[1:])
