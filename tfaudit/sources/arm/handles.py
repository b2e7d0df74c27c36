"""Resources and deployments as expressions see them: `storage.id`, `network.outputs.subnetId`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm.ids import parts
from tfaudit.sources.arm.parts import Handle, settled
from tfaudit.sources.arm.values import LIVE, as_text, as_written, mend, not_told

if TYPE_CHECKING:
    from tfaudit.sources.arm.frames import Declaration, Env, Frame

_DEPLOYMENTS = "microsoft.resources/deployments"


class Placed(Struct):
    """What a resource is called and where it stands: its type, id, names (its own and those above), and scope.

    `name` is the last part of its name as a value, `whole_name` all of it as it is written.
    """

    type: str
    id: str
    names: list[str]
    name: Any
    whole_name: Any
    parent_id: str
    scope_id: str


class Instance(Struct):
    """One resource or deployment of those that a declaration makes.

    `exists` tells what its condition and its loop come to; `env` is what its body is evaluated with. `place` tells what
    it is called: only when somebody asks, since of most that do not exist, and of most modules, nobody does.
    """

    declaration: Declaration
    frame: Frame
    env: Env
    address: str
    place: Callable[[Instance], Placed]
    exists: bool | Unresolved = True
    parent: Instance | None = None
    inner: Frame | None = None
    unread: Unresolved | None = None
    placed: Placed | None = None

    def where(self) -> Placed:
        """Return what it is called and where it stands, worked out once."""
        found = self.placed
        if found is None:
            self.placed = _circular(self)  # what a name of its own refers to
            try:
                found = self.placed = self.place(self)
            except BaseException:
                self.placed = None
                raise
        return found

    @property
    def type(self) -> str:
        """Its type."""
        return self.where().type

    @property
    def id(self) -> str:
        """Its id as a text."""
        return self.where().id

    @property
    def names(self) -> list[str]:
        """Its name and those of what it is a child of, as texts."""
        return self.where().names

    @property
    def name(self) -> Any:
        """The last part of its name."""
        return self.where().name

    @property
    def is_deployment(self) -> bool:
        """Whether it is a module or a nested deployment."""
        return bool(self.declaration.module) or self.declaration.type.lower() == _DEPLOYMENTS


def _circular(instance: Instance) -> Placed:
    open_ = mend(f"the name of {instance.declaration.symbol[:80] or 'it'} refers to itself")
    name = f"${{{instance.declaration.symbol}.name}}"
    return Placed(instance.declaration.type, name, [name], open_, open_, "", "")


class ResourceHandle(Handle):
    """A resource."""

    __slots__ = ("instance",)

    def __init__(self, instance: Instance) -> None:
        """Stand for `instance`."""
        self.instance = instance

    def get(self, key: Any) -> Any:
        """Return its id, name and type as they are declared; of all else only Azure tells what it is."""
        one = self.instance
        match as_text(key).lower():
            case "id" | "resourceid":
                return id_value(one.id)
            case "name":  # as it is written: all of it, where no parent is named apart
                inside = one.declaration.parent is not None or one.declaration.within is not None
                return one.name if inside else one.where().whole_name
            case "type":
                return one.type
            case "apiversion":
                return one.declaration.api
            case _:
                return Told(one, (as_text(key),))

    def settled(self) -> Any:
        """Return what stands for all of it."""
        return Told(self.instance, ()).settled()

    def is_missing(self) -> bool:
        """Whether its condition does not hold."""
        return self.instance.exists is False


class Told(Handle):
    """What Azure tells of a resource once it is there, `storage.properties.primaryEndpoints`."""

    __slots__ = ("instance", "path")

    def __init__(self, instance: Instance, path: tuple[str, ...]) -> None:
        """Stand for what is at `path` of `instance`."""
        self.instance = instance
        self.path = path

    def get(self, key: Any) -> Any:
        """Return a part of it."""
        return Told(self.instance, (*self.path, as_text(settled(key))))

    def settled(self) -> Any:
        """Return a reference to a resource that is declared here, and why it is not known of another."""
        one, path = self.instance, ".".join(self.path)
        if not one.declaration.existing:
            return Reference(one.address, path)
        because = f"{one.address} is declared elsewhere"
        return Unresolved(because, LIVE, told_of(one.id, path))


def told_of(id_: str, path: str) -> str:
    """Return the expression for what Azure tells of the resource with an id: it may be declared beside, after all."""
    return f"${{reference({id_}){f'.{path}' if path else ''}}}"


class DeploymentHandle(Handle):
    """A module or a nested deployment; `world` evaluates its outputs."""

    __slots__ = ("instance", "world")

    def __init__(self, instance: Instance, world: Any) -> None:
        """Stand for the deployment `instance`."""
        self.instance = instance
        self.world = world

    def get(self, key: Any) -> Any:
        """Return its outputs, or what it is called by."""
        match as_text(key).lower():
            case "outputs":
                return Outputs(self.instance, self.world)
            case "properties":
                return self
            case "id" | "resourceid":
                return id_value(self.instance.id)
            case "name":
                return self.instance.name
            case "type":
                return self.instance.declaration.type
            case "apiversion" if self.instance.declaration.api:
                return self.instance.declaration.api
            case _:
                return Unresolved(f"what Azure tells of {self.instance.address} is not known", LIVE)

    def settled(self) -> Any:
        """Return what stands for all of it."""
        return Unresolved(f"what Azure tells of {self.instance.address} is not known", LIVE)

    def is_missing(self) -> bool:
        """Whether its condition does not hold."""
        return self.instance.exists is False


class Outputs(Handle):
    """The outputs of a deployment."""

    __slots__ = ("instance", "world")

    def __init__(self, instance: Instance, world: Any) -> None:
        """Stand for the outputs of the deployment `instance`."""
        self.instance = instance
        self.world = world

    def get(self, key: Any) -> Any:
        """Return one: its value in Bicep, an object with it in a template."""
        name = as_text(settled(key))
        inner = self.world.opened(self.instance)
        if inner is None:
            because = self.instance.unread or Unresolved(f"{self.instance.address} is not read", LIVE)
            value: Any = not_told(because, f"${{{self.instance.address}.outputs.{name}}}")
        else:
            value = self.world.evaluator.output(inner, name)
        return value if self.instance.frame.source.language == "bicep" else {"value": value}

    def settled(self) -> Any:
        """Return all outputs."""
        inner = self.world.opened(self.instance)
        if inner is None:
            return self.instance.unread or mend("it is not read")
        return {name: self.get(name) for name in inner.outputs}


class Several(Handle):
    """What a loop declares, by its turns; `unclear` says why their number is not known."""

    __slots__ = ("handles", "symbol", "unclear")

    def __init__(self, symbol: str, handles: list[Handle], unclear: Unresolved | None) -> None:
        """Stand for `handles`, declared as `symbol`."""
        self.symbol = symbol
        self.handles = handles
        self.unclear = unclear

    def get(self, key: Any) -> Any:
        """Return one of them."""
        at = settled(key)
        if isinstance(at, bool) or not isinstance(at, int):
            why = at if isinstance(at, Unresolved) else mend("it is named by a number")
            return not_told(why, f"${{{self.symbol}[{as_written(at)}]}}")
        if self.unclear is not None:
            return self.handles[0] if at == 0 else not_told(self.unclear, f"${{{self.symbol}[{at}]}}")
        if 0 <= at < len(self.handles):
            return self.handles[at]
        return mend(f"{self.symbol} has no {at}")

    def settled(self) -> Any:
        """Return them as a list."""
        return self.unclear or [each.settled() for each in self.handles]


def id_value(id_: str) -> Any:
    """Return an id as a value: a text, or not known where a name in it is not."""
    if "${" not in id_ or not _names_unknown(id_):
        return id_
    return Unresolved(
        "a name in the id is not known", "pass its parameters, or scan the live subscription", id_
    )


def _names_unknown(id_: str) -> bool:
    """Whether more of an id is open than the subscription and the group, which a deployment brings with it."""
    return any("${" in each for each in parts(id_)[5:])
