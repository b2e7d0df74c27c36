"""What deployments get whose template is not read: they may bring anything that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Resource, Unread, Unresolved
from tfaudit.sources.arm.parts import settled

if TYPE_CHECKING:
    from tfaudit.sources.arm.handles import Instance
    from tfaudit.sources.arm.nesting import Deployed

_SHORTEST = 3
_DEEPEST = 20
_TOLD = re.compile(r"\$\{reference\((/[^()]+)\)")


class Closed(Struct):
    """A deployment whose template is not read, and the ids, names and addresses of what it gets, in small letters.

    `named` looks for these, where somebody asks: what it gets may have to be evaluated.
    """

    unread: Unread
    address: str
    named: Callable[[], frozenset[str]]
    found: frozenset[str] | None = None

    def find(self) -> frozenset[str]:
        """Return what it gets, looked for once."""
        if self.found is None:
            self.found = self.named()
        return self.found


def closed(instance: Instance, unread: Unread, world: Deployed) -> Closed:
    """Return an instance of a module or deployment that is not read with what its parameters name."""
    return Closed(unread, instance.address, lambda: frozenset(_names(_given(instance, world), 0)))


def _given(instance: Instance, world: Deployed) -> Any:
    evaluator, declaration = world.evaluator, instance.declaration
    stated = declaration.parameters
    if not declaration.module:
        body = declaration.body
        if not isinstance(body, dict):
            body = settled(evaluator.value(body, instance.env))
        properties = body.get("properties") if isinstance(body, dict) else None
        stated = properties.get("parameters") if isinstance(properties, dict) else None
    return settled(evaluator.value(stated, instance.env))


def _names(value: Any, depth: int) -> Iterator[str]:
    value = settled(value)
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for each in value.values():
            yield from _names(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _names(each, depth + 1)
    elif isinstance(value, Reference):
        yield value.address.lower()
    elif isinstance(value, Unresolved):
        yield from (each.lower() for each in _TOLD.findall(value.expression))
    elif isinstance(value, str) and len(value) >= _SHORTEST:
        yield value.lower()


def given_to(resource: Resource, deployments: list[Closed]) -> str:
    """Return why more may belong to `resource`, and in a second line what settles that; "" for nothing."""
    named = {resource.address.lower()}
    named |= {
        each.lower()
        for each in (resource.body[key] for key in ("id", "name") if key in resource.body)
        if isinstance(each, str) and len(each) >= _SHORTEST
    }
    for each in deployments:
        if not named.isdisjoint(each.find()):
            because = f"{each.address}, which is not read, is given it and may set it"
            return f"{because}\nput its template into the tree, or scan the live subscription"
    return ""
