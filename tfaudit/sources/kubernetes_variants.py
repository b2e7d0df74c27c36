"""Tells folders apart that declare the same objects once more, as environments do: `envs/staging`, `envs/production`.

Manifests of one scan share a scope, so that a NetworkPolicy in one file reaches workloads in another. An object has one
place in a cluster, so sibling folders of which one holds half of the other's objects, or more, are for different
clusters or times: each gets a scope of its own, within the scope of what stands around it. What protects one of them
protects nothing in the other; what stands around them counts for each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tfaudit.resources import Resource

OUTERMOST = "."
# Often declared again by each application that lives in it.
_REPEATED = "core/Namespace"


def tell_apart(resources: Sequence[Resource]) -> None:
    """Set the scope of each resource that stands in a variant, and the scope around it as `within` in its context."""
    folders: dict[str, set[str]] = {}
    for resource in resources:
        if resource.type != _REPEATED:
            folders.setdefault(resource.address, set()).add(_folder(resource))
    if all(len(each) == 1 for each in folders.values()):
        return
    variants = sorted(_variants("", folders), key=len)
    around = {folder: _around(folder, variants) for folder in {_folder(each) for each in resources}}
    for resource in resources:
        scopes = around[_folder(resource)]
        if len(scopes) > 1:
            resource.scope = scopes[-1]
            resource.context = {**resource.context, "within": scopes[-2]}


def _folder(resource: Resource) -> str:
    return resource.place.origin.rpartition("/")[0]


def _around(folder: str, variants: list[str]) -> list[str]:
    return [OUTERMOST, *(each for each in variants if f"{folder}/".startswith(f"{each}/"))]


def _variants(above: str, folders: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield each variant below `above`; `folders` says where below it each address stands."""
    below: dict[str, dict[str, set[str]]] = {}
    common: Counter[tuple[str, str]] = Counter()
    for address, places in folders.items():
        children: dict[str, set[str]] = {}
        for place in places:
            child = place[len(above) :].lstrip("/").partition("/")[0]
            if child:
                children.setdefault(f"{above}/{child}" if above else child, set()).add(place)
        for child, inside in children.items():
            below.setdefault(child, {})[address] = inside
        common.update(pairwise(sorted(children)))
    found = {
        child
        for pair, count in common.items()
        if 2 * count >= min(len(below[each]) for each in pair)
        for child in pair
    }
    yield from found
    for child, addresses in below.items():
        if any(len(places) > 1 for places in addresses.values()):
            yield from _variants(child, addresses)
