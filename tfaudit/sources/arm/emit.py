"""Turns deployments into resources: bodies evaluated, ids of what is declared beside them turned into references.

Each body has, beside what is written, what ARM tells of a resource by its place: `id`, `name` (its last part), `type`,
`apiVersion`, `scope` (of what it is an extension, or where it is deployed) and, for a child, `parent`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.later import Later, filled
from tfaudit.model.resources import Reference, Resource, Suppression, Unread, Unresolved
from tfaudit.sources.arm import ids, nesting, turns
from tfaudit.sources.arm.api_versions import fault, version_of
from tfaudit.sources.arm.given import Closed, closed, given_to
from tfaudit.sources.arm.handles import Instance, id_value
from tfaudit.sources.arm.names import canonical, hides
from tfaudit.sources.arm.parts import Handle, settled
from tfaudit.sources.arm.places import Located
from tfaudit.sources.arm.syntax import Object
from tfaudit.sources.arm.turns import Body
from tfaudit.sources.arm.values import HIDDEN, LIVE, MEND, TooLarge, has_literal
from tfaudit.sources.text.secrets import without_secrets

if TYPE_CHECKING:
    from tfaudit.sources.arm.frames import Declaration, Frame
    from tfaudit.sources.arm.turns import Renaming
    from tfaudit.sources.arm.world import World

_OURS = frozenset(
    {
        "type",
        "apiversion",
        "name",
        "dependson",
        "condition",
        "copy",
        "resources",
        "scope",
        "comments",
        "existing",
        "metadata",
        "parent",
    }
)
"""What of a declaration is no part of the resource itself."""

_TOLD = re.compile(r"\$\{reference\((/.+)\)(?:\.([^()]+))?\}")
"""What `handles.told_of` makes."""

_FREE = frozenset({"tags", "userassignedidentities"})
"""Members whose own members are named by people: their case counts, and none of them is a property."""


def resources(frame: Frame, world: World, scope: str) -> Iterator[Resource | Unread]:
    """Yield what a root deployment declares, with all in it; `scope` is what its addresses are unique in."""
    found = list(_bodies(frame, world, True))
    linked = _linked_ids(found)
    deployments = [each for each in found if isinstance(each, Closed)]
    declared: set[int] = set()
    for each in found:
        if isinstance(each, Closed):
            yield each.unread
            continue
        resource = _resource(each, linked, world, scope)
        if more := given_to(resource, deployments) if each.body is not None else "":
            resource.context = {**resource.context, "given_to": more}
        declaration = id(each.instance.declaration)
        if declaration not in declared:
            declared.add(declaration)
            wrong = fault(each.instance, world.evaluator)
            yield from filter(None, (wrong, _unfounded(each)))
        yield resource


def _unfounded(found: Body) -> Unread | None:
    """Return why Azure would refuse what says how often a resource is there; None for no reason."""
    why = found.exists
    if not isinstance(why, Unresolved) or why.settle_with != MEND:
        return None
    place = found.instance.frame.source.place(found.instance.declaration.spot)
    return Unread(place, f"whether {found.instance.address[:120]} is there is not known: {why.because}", MEND)


class Stated(Struct):
    """A resource without places: its type in lower case, its id, and what is written of it."""

    type: str
    id: str
    body: dict[str, Any]


def stated(frame: Frame, world: World) -> Iterator[Stated | Unread]:
    """Yield what a root deployment declares, as `resources` does, without what is only needed to tell of it."""
    found = list(_bodies(frame, world, True))
    linked = _linked_ids(found)
    for each in found:
        if isinstance(each, Closed):
            yield each.unread
        else:
            instance = each.instance
            yield Stated(instance.type.lower(), instance.id, _settled_body(each, linked, world))


def _linked_ids(found: list[Body | Closed]) -> dict[str, str]:
    """Return the addresses of what is declared, by id."""
    return {
        each.instance.id.lower(): each.instance.address
        for each in reversed(found)
        if isinstance(each, Body) and "?}" not in each.instance.id
    }


def _bodies(frame: Frame, world: World, exists: bool | Unresolved) -> Iterator[Body | Closed]:
    alike: dict[int, tuple[Instance, list[Body | Closed], list[str]]] = {}
    for instance in world.instances.all_of(frame, existing=False):
        here = _and(exists, instance.exists)
        if instance.declaration.existing or here is False:
            continue
        if not instance.is_deployment:
            type_ = instance.type  # turns of a loop whose names are not known are numbered, in their order
            body = _body(instance, world) if world.looks_into(type_.lower()) else None
            yield Body(instance, body, here)
            continue
        before = alike.get(id(instance.declaration)) if here is True else None
        if before is not None:
            first, found, empty = before
            # Loops inside of loops multiply, here too.
            world.evaluator.spend(turns.VALUES * len(found) + len(empty))
            world.empty += (turns.address(each, first, instance) for each in empty)
            yield from turns.renamed(first, found, instance)
            continue
        start = len(world.empty)
        found = list(_deployed(instance, world, here))
        if here is True and turns.are_alike(instance, found):
            alike[id(instance.declaration)] = instance, found, world.empty[start:]
        yield from found
    world.empty += (_called(each, frame) for each in frame.declarations if _makes_nothing(each, frame, world))


def _makes_nothing(declaration: Declaration, frame: Frame, world: World) -> bool:
    made = () if declaration.existing else world.instances.of(declaration, frame).instances
    return not declaration.existing and all(each.exists is False for each in made)


def _called(declaration: Declaration, frame: Frame) -> str:
    before = f"{frame.address}." if frame.address else ""
    name = declaration.name if isinstance(declaration.name, str) else ""
    return before + (declaration.symbol or f"{declaration.type}/{name}"[:120])


def _deployed(instance: Instance, world: World, here: bool | Unresolved) -> Iterator[Body | Closed]:
    if nesting.deploys_nothing(instance.declaration):
        return
    inner = world.opened(instance)
    if inner is not None:
        yield from _bodies(inner, world, here)
    elif instance.unread is not None:
        place = instance.frame.source.place(instance.declaration.spot)
        place = replace(place, at=instance.address)
        unread = Unread(place, instance.unread.because, instance.unread.settle_with)
        yield closed(instance, unread, world)


def _and(one: bool | Unresolved, other: bool | Unresolved) -> bool | Unresolved:
    if one is False or other is False:
        return False
    return other if one is True else one


def _body(instance: Instance, world: World) -> dict[str, Any]:
    declaration = instance.declaration
    if declaration.own is None:
        declaration.own = _own(declaration.body)
    found = world.evaluator.value(declaration.own, instance.env)
    return found if isinstance(found, dict) else {"@Properties": found, "@Transform": found}


def _own(written: Any) -> Any:
    """Return what of a declaration is part of the resource itself."""
    if isinstance(written, dict):
        return {name: each for name, each in written.items() if name.lower() not in _OURS}
    if not isinstance(written, Object):
        return written
    members = (
        each
        for each in written.members
        if each.key is None or str(getattr(each.key, "value", "")).lower() not in _OURS
    )
    return Object(tuple(members), written.at)


def _resource(found: Body, linked: dict[str, str], world: World, scope: str) -> Resource:
    instance, stands = found.instance, found.instance.where()
    body: Mapping[str, Any]
    if found.body is None:
        has = {"@Condition": isinstance(found.exists, Unresolved)}
        body = Later(lambda: _looked_into(found, linked, world), has)
    else:
        body = _whole(found, linked, world)
    place = instance.frame.source.place(instance.declaration.spot)
    located = Located(instance, world.evaluator)
    resource = Resource(
        stands.type.lower(),
        instance.address,
        body,
        place,
        "code",
        "arm",
        scope,
        located,
        origins=located.origins,
    )
    resource.suppressions = _suppressions(resource, instance)
    return resource


def _whole(found: Body, linked: dict[str, str], world: World) -> dict[str, Any]:
    """Return the body of a resource, with what ARM tells of it by its place."""
    body = _settled_body(found, linked, world)
    return body | _by_place(found, linked, version_of(found.instance, world.evaluator))


def _by_place(found: Body, linked: dict[str, str], version: Any) -> dict[str, Any]:
    stands = found.instance.where()
    told = {
        "id": id_value(stands.id),
        "name": stands.name,
        "type": stands.type,
        "apiVersion": version,
        "scope": _linked(stands.scope_id, linked) or "/",
    }
    return {**told, "parent": _parents(stands.id, linked)} if ids.is_child(stands.id) else told


def _looked_into(found: Body, linked: dict[str, str], world: World) -> dict[str, Any]:
    """Return the body of a resource of a type that nobody was to look into; one of which nothing is known at the worst.

    A further turn of a loop has the first one's, unless that hangs on how its own deployment is called.
    """
    try:
        found.body = _body(found.instance, world)
        if not found.called or not found.instance.frame.single:
            return _whole(found, linked, world)
        because = "it hangs on how the deployment is called"
    except (TooLarge, RecursionError):
        because = "its deployment unfolds to too many values"
    unknown = Unresolved(because, "report it")
    return {"@Properties": unknown, "@Transform": unknown, **_by_place(found, linked, unknown)}


def _settled_body(found: Body, linked: dict[str, str], world: World) -> dict[str, Any]:
    """Return what is written of a resource, what it names told, and without secrets."""
    written = _body(found.instance, world) if found.body is None else found.body
    body: dict[str, Any] = _Links(linked, world, found.called).of(written)
    _without_secrets(body, found.instance.type)
    if isinstance(body.get("properties"), list):  # an empty list would be as good as nothing said
        body["properties"] = Unresolved(
            "properties is a list, and Azure takes an object there", "write an object"
        )
    if isinstance(found.exists, Unresolved):
        body["@Condition"] = found.exists
    return body


def _without_secrets(body: dict[str, Any], type_: str) -> None:
    without_secrets(body)
    properties = body.get("properties")
    if "secret" in type_.lower() and isinstance(properties, dict):
        without_secrets(properties, type_)


def _linked(id_: str, linked: dict[str, str]) -> Any:
    address = linked.get(id_.lower())
    return id_value(id_) if address is None else Reference(address, "id")


def _parents(id_: str, linked: dict[str, str]) -> Any:
    """Return references to what a child is declared inside of, the nearest first; the parent's id where it is not here.

    One that is several levels below has a list.
    """
    first = ids.above(id_)
    found: list[Any] = []
    at = first
    while True:
        if at.lower() in linked:
            found.append(Reference(linked[at.lower()], "id"))
        if not ids.is_child(at):
            break
        at = ids.above(at)
    if not found:
        return id_value(first)
    return found[0] if len(found) == 1 else found


class _Links:
    """Copies values: with references for ids of what is declared, and properties in the case that services read."""

    def __init__(self, linked: dict[str, str], world: World, called: Renaming) -> None:
        self._linked = linked
        self._spend = world.evaluator.spend
        self._called = called

    def of(self, value: Any) -> Any:
        """Return a copy of `value`."""
        self._spend(1)
        kind = value.__class__
        if kind is str:
            if value[:1] == "/" and value.lower() in self._linked:
                return _linked(value, self._linked)
            return self._text(value) if self._called else value
        if kind is dict:
            return self._object(value)
        if kind is list:
            return [self.of(each) for each in value]
        if kind is Unresolved:
            return self._linked_expression(turns.value(value, self._called))
        if kind is Reference:
            return turns.value(value, self._called)
        return self.of(settled(value)) if isinstance(value, Handle) else value

    def _object(self, value: dict[str, Any]) -> Any:
        found = {
            canonical(self._text(name)): self.copy(each) if name.lower() in _FREE else self.of(each)
            for name, each in value.items()
        }
        if len(found) < len(value):
            return Unresolved("two of its names differ in their case alone", MEND)
        if "${" in "".join(found) and hides(found):
            return Unresolved(HIDDEN, LIVE, literal=has_literal(value, self._spend))
        return found

    def copy(self, value: Any) -> Any:
        """Return a copy of `value` with its names as they are."""
        self._spend(1)
        if isinstance(value, dict):
            return {self._text(name): self.copy(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.copy(each) for each in value]
        return turns.value(settled(value), self._called)

    def _text(self, text: str) -> str:
        return turns.text(text, self._called) if self._called else text

    def _linked_expression(self, value: Unresolved) -> Any:
        text, path = value.expression, "id"
        stated = _TOLD.fullmatch(text) if text.startswith("${reference(/") else None
        if stated:
            text, path = stated[1], stated[2] or ""
        address = self._linked.get(text.lower()) if text[:1] == "/" else None
        return value if address is None else Reference(address, path)


def _suppressions(resource: Resource, instance: Instance) -> tuple[Suppression, ...]:
    source, first, last = instance.frame.source, resource.place.line, resource.place.end_line
    found = list(_in_metadata(instance))
    for line, alone, suppression in source.comments:
        if first <= line <= last or (alone and line == first - 1):
            covers = suppression.tool == "tfaudit" and first < line + alone <= last
            if covers:
                filled((resource,))
            path = resource.path_in(line + alone) if covers else ()
            found.append(replace(suppression, path=path))
    return tuple(found)


def _in_metadata(instance: Instance) -> Iterator[Suppression]:
    skips: Any = instance.declaration.body
    for name in ("metadata", "checkov", "skip"):
        skips = skips.get(name, {}) if isinstance(skips, dict) else {}
    for skip in skips if isinstance(skips, list) else ():
        if isinstance(skip, dict) and isinstance(skip.get("id"), str):
            place = instance.frame.source.place(instance.declaration.spot)
            yield Suppression("checkov", (skip["id"],), str(skip.get("comment", "")), "", place)
