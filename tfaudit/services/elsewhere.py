"""What belongs to something that is not declared here: a bucket policy alone, an attachment to another stack's role.

Such a companion is no asset of its own, and its parent is declared elsewhere. So the parent is made up from what its
companions say: each of its other words is not known. Nothing that is declared disappears without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.reading.inventory import Elsewhere, pointing, without_index
from tfaudit.services.protocol import Service, optional

if TYPE_CHECKING:
    from tfaudit.reading.inventory import Inventory


def parents(module: Service, inventory: Inventory, judged: Iterable[str]) -> Iterator[Resource]:
    """Yield the parents, declared elsewhere, of the companions that a service reads.

    Types that are `judged` are assets themselves. Companions that name the same parent have one; one whose parent's
    name is not known has one of its own, unless it may belong to something that is declared here: then that is judged
    with it.
    """
    companions: Mapping[str, str] = optional(module, "COMPANIONS", {})
    names: tuple[str, ...] = optional(module, "NAMES", ())
    made: dict[tuple[str, str], Resource] = {}
    for type_, attribute in companions.items():
        parent = _parent_type(module, type_)
        if not attribute or not parent or type_ in judged:
            continue
        for resource in inventory.of_type(type_):
            for value in pointing(resource.body, attribute):
                named = _named(value, resource)
                if named is None or _declared(module, inventory, value, names):
                    continue
                key = (parent, named)
                if key not in made:
                    made[key] = _made_up(parent, resource, value, names)
                elif isinstance(body := made[key].body, Elsewhere) and body.companions[-1] is not resource:
                    body.companions.append(resource)
    yield from made.values()


def _parent_type(module: Service, companion: str) -> str:
    """Return the type of the parents of a companion: the first that the service reads in the same spelling."""
    reads: tuple[str, ...] = module.READS
    if "/" in companion:  # ARM's types begin with what they are children of
        above = [each for each in reads if companion.startswith(f"{each}/")]
        return max(above, key=len, default="")
    family = companion.partition("_")[0] + "_" if "::" not in companion else "AWS::"
    return next((each for each in reads if each.startswith(family)), "")


def _named(value: Any, companion: Resource) -> str | None:
    """Return what tells one parent from another."""
    if isinstance(value, Reference):
        return without_index(value.address)
    if isinstance(value, Unresolved):
        return value.expression or companion.address
    return str(value) or None


def _declared(module: Service, inventory: Inventory, value: Any, names: tuple[str, ...]) -> bool:
    """Whether a companion's parent is declared here, or may be."""
    types = [each for each in module.READS if inventory.of_type(each)]
    if isinstance(value, Reference):
        found = inventory.at(value.address)
        if any(each.type in module.READS or not each.type.startswith("data.") for each in found):
            return True
        words, is_known = inventory.looked_up(value.address)
        return bool(words) and is_known
    if isinstance(value, Unresolved):
        return bool(types)
    return any(inventory.named(type_, name, str(value)) for type_ in types for name in (*names, "id", "arn"))


def _made_up(type_: str, companion: Resource, value: Any, names: tuple[str, ...]) -> Resource:
    """Return the parent that `companion` names by `value`."""
    because = Unresolved(
        f"it is declared elsewhere: here is only {companion.address}",
        "scan where it is declared, or the account",
    )
    stated = dict.fromkeys(names, value) if isinstance(value, str) else {}
    if companion.dialect == "arm":  # named by its id
        stated = {"id": value, "name": value.rpartition("/")[2]} if isinstance(value, str) else {}
    return Resource(
        type_,
        companion.address,
        Elsewhere(because, stated, companion),
        companion.place,
        companion.plane,
        companion.dialect,
        companion.scope,
        companion.locate,
        companion.suppressions,
        companion.context,
    )
