"""What is stated of a resource in another spelling: a scope may hold Terraform's words and those of Resource Manager.

That is so where a root uses two providers for one cloud: a child of an account that azurerm declares is written in
ARM's words, an update says some more of it, and what azurerm declares belongs to something that is written in ARM's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from tfaudit.model.resources import UPDATES, Path, Resource
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.ways import ROOT, parse_path


class Stated(Protocol):
    """What stands at a path, and in which resource."""

    value: Any
    resource: Resource

    @property
    def absent(self) -> bool:
        """Whether nothing stands there."""
        ...


Read_co = TypeVar("Read_co", bound=Stated, covariant=True)


class Looking(Protocol[Read_co]):
    """A resource as its service reads it."""

    base: Path
    table: Spelling
    resource: Resource
    inventory: Inventory
    companion_types: Mapping[str, str]

    def first(self, *paths: str) -> Read_co:
        """Return the first of `paths` at which something stands."""
        ...

    def of(self, resource: Resource) -> Looking[Read_co]:
        """Return the same look at another resource."""
        ...


def _updates(inventory: Inventory) -> dict[str, list[Resource]]:
    """Return the resources that state a part of another, by that one's address."""
    found: dict[str, list[Resource]] = defaultdict(list)
    for each in inventory.resources:
        if UPDATES in each.context:
            found[each.context[UPDATES]].append(each)
    return found


def stated(view: Looking[Read_co], name: str) -> Read_co | None:
    """Return what an update, or a companion of another spelling, states of the word `name`; None for nothing.

    It goes before what stands in the resource itself, since it is made after that.
    """
    if view.base:
        return None
    word = view.table[name]
    for update in view.inventory.derived(_updates).get(view.resource.address, ()):
        reading = view.of(update).first(*_own(word.paths(update.dialect)))
        if not reading.absent:
            return reading
    other = "terraform" if view.resource.dialect == "arm" else "arm"
    beside = [each for each in word.paths(other) if parse_path(each)[0] in view.companion_types]
    if beside:
        reading = view.first(*beside)
        if not reading.absent and reading.value is not reading.resource.body.get("@Transform"):
            return reading
    return None


def _own(paths: tuple[str, ...]) -> list[str]:
    """Return those of `paths` that stand in a resource itself."""
    return [each for each in paths if parse_path(each)[0] in ("", ROOT)]
