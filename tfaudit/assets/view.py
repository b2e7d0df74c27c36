"""One resource as its service reads it: paths, companion resources, and what references lead to.

A path is written `block.attribute`, or `companion/block.attribute`, where the companion is

- in Terraform and CloudFormation the type of another resource that points at this one
  (`aws_s3_bucket_versioning/versioning_configuration.status`), declared in the service's `COMPANIONS`;
- in an API's spelling the call that tells more of the item (`get_bucket_versioning/Status`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tfaudit.assets.inventory import ABSENT, Inventory, same_text, walk
from tfaudit.resources import Path, Reference, Resource, Unresolved


@dataclass(slots=True)
class Reading:
    """What stands at a path: a plain value, `ABSENT`, `Unresolved` or `Reference`; and exactly where."""

    value: Any
    resource: Resource
    path: Path = ()

    @property
    def known(self) -> bool:
        """Whether there is a plain value."""
        return self.value is not ABSENT and not isinstance(self.value, (Unresolved, Reference))

    @property
    def absent(self) -> bool:
        """Whether nothing stands there."""
        return self.value is ABSENT


@lru_cache(maxsize=4096)
def parse_path(path: str) -> tuple[str, Path]:
    """Return the companion ("" for none) and the steps of a written path."""
    companion, slash, rest = path.rpartition("/")
    if not slash:
        rest = path
    steps = tuple(int(step) if step.isdigit() else step for step in rest.split(".") if step)
    return companion, steps


class View:
    """A resource, its scope, and a base path from which relative paths are read."""

    __slots__ = ("base", "body", "companion_types", "inventory", "names", "resource")

    def __init__(
        self,
        resource: Resource,
        inventory: Inventory,
        companion_types: Mapping[str, str] | None = None,
        names: Iterable[str] = (),
    ) -> None:
        """Look at the whole of `resource`.

        `companion_types` maps a companion's type to the attribute by which it points here; `names` are the
        attributes by whose literal value others may name this resource.
        """
        self.resource = resource
        self.inventory = inventory
        self.companion_types = companion_types or {}
        self.names = tuple(names)
        self.base: Path = ()
        self.body: Any = resource.body

    @property
    def dialect(self) -> str:
        """The spelling of the body."""
        return self.resource.dialect

    def at(self, path: Path) -> View:
        """Return a view whose paths start at `path`, which is itself relative to this view."""
        inner = View(self.resource, self.inventory, self.companion_types, self.names)
        inner.body, taken = walk(self.body, path)
        inner.base = self.base + (taken if inner.body is not ABSENT else path)
        return inner

    def each(self, path: str) -> Iterator[View]:
        """Yield a view for each element of the list at `path`; a single block counts as a list of one."""
        reading = self.read(path)
        if isinstance(reading.value, list):
            for index in range(len(reading.value)):
                yield self._inside(reading, reading.value[index], index)
        elif isinstance(reading.value, (dict, Unresolved, Reference)):
            yield self._inside(reading, reading.value, None)

    def _inside(self, reading: Reading, body: Any, index: int | None) -> View:
        inner = View(reading.resource, self.inventory, self.companion_types, self.names)
        inner.body = body
        inner.base = reading.path if index is None else (*reading.path, index)
        return inner

    def read(self, path: str) -> Reading:
        """Return what stands at `path`, in this resource or in its first companion of the named type."""
        companion, steps = parse_path(path)
        if not companion:
            value, taken = walk(self.body, steps)
            if value.__class__ is str and not value and self.resource.dialect == "terraform":
                value = ABSENT  # the plug-in SDK of Terraform's providers takes an empty text for one that is not set
            return Reading(value, self.resource, self.base + taken)
        if self.resource.dialect == "api":
            value, taken = walk(self.resource.body.get(companion, ABSENT), steps)
            return Reading(value, self.resource, (companion, *taken))
        found, unsure = self.companions(companion)
        readings = [each.read(".".join(map(str, steps))) for each in found]
        for reading in readings:
            if not reading.absent:
                return reading
        if readings:
            return readings[0]
        return Reading(unsure or ABSENT, self.resource)

    def first(self, *paths: str) -> Reading:
        """Return the first of `paths` at which something stands; else the last one's reading."""
        reading = Reading(ABSENT, self.resource)
        for path in paths:
            reading = self.read(path)
            if not reading.absent:
                return reading
        return reading

    def get(self, path: str) -> Any:
        """Return the plain value at `path`; None where there is none, or it is not known."""
        reading = self.read(path)
        return reading.value if reading.known else None

    def companions(self, type_: str) -> tuple[list[View], Unresolved | None]:
        """Return the companions of `type_`; and why more may exist: their target or their existence cannot be told."""
        attribute = self.companion_types[type_]
        names = [str(value) for name in self.names if (value := self.get_top(name)) is not None]
        texts = [
            same_text(self.resource, walk(self.resource.body, parse_path(name)[1])[0]) for name in self.names
        ]
        names += [text for text in texts if text]
        found, unsure = self.inventory.pointing_at(self.resource, names, type_, attribute)
        if unsure:
            unsure = self.inventory.homeless(type_, attribute, self.resource.type, self.names)
        views = [View(each, self.inventory) for each in found if "@Condition" not in each.body]
        if len(views) < len(found):
            return views, next(each.body["@Condition"] for each in found if "@Condition" in each.body)
        if not unsure:
            return views, None
        return views, Unresolved(
            because=f"{unsure[0].address} may belong to {self.resource.address}: its {attribute} is not known",
            settle_with="scan the plan, or give the variable's value",
        )

    def get_top(self, name: str) -> Any:
        """Return the plain value at `name`, counted from the resource's root."""
        value, _ = walk(self.resource.body, parse_path(name)[1])
        return value if isinstance(value, (str, int)) else None

    def targets(self, path: str, *types: str, named: Iterable[str] = ()) -> list[View]:
        """Return the resources that the reference, or list of references, at `path` leads to.

        A literal is looked up among resources of `types` by the attributes that are `named`.
        """
        value = self.read(path).value
        found: list[Resource] = []
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Reference):
                found += [one for one in self.inventory.at(each.address) if not types or one.type in types]
            elif isinstance(each, str):
                found += [
                    one
                    for type_ in types
                    for name in named
                    for one in self.inventory.named(type_, name, each)
                ]
        return [View(each, self.inventory) for each in found]
