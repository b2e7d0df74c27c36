"""What a file of parameters gives: its own values over those of the files that it extends.

learn.microsoft.com/azure/azure-resource-manager/bicep/parameter-files and bicep-extend
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Unread
from tfaudit.sources.arm import ids
from tfaudit.sources.arm.frames import Env, Given
from tfaudit.sources.arm.nesting import path_beside
from tfaudit.sources.arm.parameters import not_read
from tfaudit.sources.arm.parts import Handle, settled
from tfaudit.sources.arm.values import as_text, mend
from tfaudit.sources.arm.world import World

if TYPE_CHECKING:
    from tfaudit.sources.arm.evaluate import Evaluator
    from tfaudit.sources.bicep.loading import Loader

_BASE = "base"


class Base(Handle):
    """What the file gives that another one extends, as that sees it: `...base.tags`."""

    __slots__ = ("evaluator", "given")

    def __init__(self, evaluator: Evaluator, given: dict[str, Given]) -> None:
        """Stand for `given`, by names in lower case."""
        self.evaluator = evaluator
        self.given = given

    def get(self, key: Any) -> Any:
        """Return one of its values."""
        name = as_text(settled(key))
        found = self.given.get(name.lower()) or self.given.get("")
        if found is None:
            return mend(f"the file that is extended gives no {name[:80]}")
        if found.lazy:
            found.value, found.lazy = settled(self.evaluator.value(found.node, found.env)), False
        return found.value

    def settled(self) -> Any:
        """Return all of them; what is not known where any other may be given."""
        if "" in self.given:
            return self.get("")
        return {name: self.get(name) for name in self.given}


def given_by(name: str, loader: Loader, extending: tuple[str, ...] = ()) -> dict[str, Given] | Unread:
    """Return the values that the `.bicepparam` file `name` gives, by name in lower case.

    `extending` are the files that extend it, and may not be extended in turn.
    """
    loader.traced(name)
    file = loader.file(name)
    above = _extended(name, file.extends, loader, extending) if file.extends else {}
    if isinstance(above, Unread):
        return above
    world = World(loader.tree.limits.nodes, loader)
    loader.resolve(file.template, world)
    words = {_BASE: Base(world.evaluator, above)} if file.extends else {}
    env = Env(file.template.frame(ids.Scope(), {}), words)
    given = {**above, **not_read(name)} if file.gaps else dict(above)
    for key, (node, at) in (file.values or {}).items():
        given[key.lower()] = Given(None, "", file.template.source, at, env, node, lazy=True)
    return given


def _extended(name: str, path: str, loader: Loader, extending: tuple[str, ...]) -> dict[str, Given] | Unread:
    """Return what the file at `path` gives, which `name` extends; or why it gives nothing."""
    base = path_beside(name, path)
    place = loader.file(name).place("extends")
    if base == name or base in extending or len(extending) >= loader.tree.limits.depth:
        return Unread(place, "it extends itself, by way of others", "let it extend another")
    loader.traced(base)
    if base not in loader.data:
        data = loader.bytes_of(base)
        if not isinstance(data, bytes):
            return Unread(place, data.because, "put it there, or extend another")
        loader.data[base] = data
    return given_by(base, loader, (*extending, name))


def unread(name: str, loader: Loader) -> Unread | None:
    """Return why nothing is deployed with the file of parameters `name`; None where something is, or need not be."""
    file = loader.file(name)
    using, place = file.using, file.place("using")
    if not using or using == "none":
        return None
    if loader.is_elsewhere(using):
        because = f"it is for {using[:160]}, which is in a registry and not in the scanned tree"
        return Unread(place, because, "scan what it is for, restored into the tree")
    path = path_beside(name, using)
    if loader.is_there(path):
        return None
    return Unread(place, f"it is for {path[:160]}, which is not in the scanned tree", "let it use another")
