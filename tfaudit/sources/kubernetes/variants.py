"""Tells folders and files apart that declare the same objects once more: `envs/staging`, `envs/production`.

Manifests of one scan share a scope, so that a NetworkPolicy in one file reaches workloads in another. An object has one
place in a cluster, so siblings of which one holds half of the other's objects, or more, are for different clusters or
times, as environments are, or `install.yaml` and `install-ha.yaml`: each gets a scope of its own, within the scope of
what stands around it. What protects one of them protects nothing in the other; what stands around them counts for each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tfaudit.model.resources import Resource

OUTERMOST = "."
# Often declared again by each file or application that needs it.
_REPEATED = frozenset({"core/Namespace", "core/ServiceAccount", "core/ConfigMap", "core/Secret"})


def tell_apart(resources: Sequence[Resource]) -> None:
    """Set the scope of each resource that stands in a variant, and the scope around it as `within` in its context."""
    files: dict[str, set[str]] = {}
    for resource in resources:
        if resource.type not in _REPEATED:
            files.setdefault(resource.address, set()).add(resource.place.origin)
    if all(len(each) == 1 for each in files.values()):
        return
    variants = sorted(_variants("", files), key=len)
    around = {file: _around(file, variants) for file in {each.place.origin for each in resources}}
    for resource in resources:
        scopes = around[resource.place.origin]
        if len(scopes) > 1:
            resource.scope = scopes[-1]
            resource.context = {**resource.context, "within": scopes[-2]}


def _around(file: str, variants: list[str]) -> list[str]:
    return [OUTERMOST, *(each for each in variants if f"{file}/".startswith(f"{each}/"))]


def _variants(above: str, files: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield each variant below `above`; `files` says in which files below it each address stands."""
    below: dict[str, dict[str, set[str]]] = {}
    common: Counter[tuple[str, str]] = Counter()
    for address, places in files.items():
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
