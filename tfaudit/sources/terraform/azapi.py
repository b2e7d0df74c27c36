"""Terraform's `azapi_resource` and `azapi_update_resource` as the objects of Resource Manager that they declare.

registry.terraform.io/providers/Azure/azapi: `type` holds ARM's type with its API version, `body` what a template has
beside name, location, tags and identity; a JSON text in version 1 of the provider, a value in version 2. An update
states a part of what is declared elsewhere: it goes over an `azapi_resource` of the same root; of what azurerm declares
it stays a resource of its own that says by its context, `updates`, what it is about.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import UPDATES, Path, Reference, Resource, Suppression, Unresolved
from tfaudit.sources.arm import ids
from tfaudit.sources.arm.handles import id_value
from tfaudit.sources.arm.names import canonical
from tfaudit.sources.terraform.azapi_ids import Declared, as_id, own_id, referred, text_of, type_of
from tfaudit.sources.terraform.azapi_updates import doubt, of_any, uncertain
from tfaudit.sources.terraform.of_arm import is_object_of_arm
from tfaudit.sources.terraform.spots import Spots, locator, origins, verbatim
from tfaudit.sources.text.secrets import without_secrets

_LEVELS = 6
_ALL = "@Transform"
"""The member of a body that says why what it does not state is not known."""
_UPDATE = "azapi_update_resource"
_FREE = frozenset({"tags"})
_NO_OBJECT = Unresolved("its body is no JSON object", "mend it there")
_REST = Unresolved(
    "only a part of it is stated here: an update of what is declared elsewhere", "scan the live subscription"
)


class _Made(Struct):
    """An azapi resource on its way to become an object of ARM."""

    source: Resource
    type: str
    version: str
    id: str
    body: dict[str, Any]
    spots: Spots


def as_arm(resources: Iterable[Resource]) -> list[Resource]:
    """Return `resources` with those of the azapi provider as the objects that they declare, each in its place.

    One whose type is not known stays as it is.
    """
    found = list(resources)
    if not any(is_object_of_arm(each.type) for each in found):
        return found
    declared = _declared(found)
    made = {number: each for number, one in enumerate(found) if (each := _made(one, declared)) is not None}
    by_id = {
        (each.source.scope, each.id.lower()): each for each in made.values() if each.source.type != _UPDATE
    }
    linked: dict[str, dict[str, str]] = defaultdict(dict)
    for (scope, id_), each in by_id.items():
        linked[scope][id_] = each.source.address
    converted: dict[int, Resource | None] = {}
    for number, each in made.items():
        if each.source.type == _UPDATE:
            target = by_id.get((each.source.scope, each.id.lower()))
            if target is not None and target.type.lower() == each.type.lower():
                _update(target, each, doubt(each.source, target.source))
                converted[number] = None
            elif (why := of_any(each.source)) is not None:
                for other in (one for one in made.values() if one is not each and _is_like(one, each)):
                    _update(other, each, why)
    for number, each in made.items():
        if number not in converted:
            converted[number] = _resource(each, declared, linked[each.source.scope])
    return [
        one
        for number, each in enumerate(found)
        if (one := converted.get(number, each) if number in converted else each) is not None
    ]


def _update(target: _Made, by: _Made, why: Unresolved | None) -> None:
    """Lay an update over what it is of; where it says why that is not certain, what it states is not known there."""
    _over(target.body, uncertain(by.body, why, target.body), target.spots, by.spots)


def _is_like(one: _Made, other: _Made) -> bool:
    """Whether two are of one type, in one root."""
    return one.source.scope == other.source.scope and one.type.lower() == other.type.lower()


def _declared(resources: Iterable[Resource]) -> Declared:
    """Return the resources by scope and address; one of which there is a single instance also without its index."""
    named: dict[tuple[str, str], Resource] = {}
    bare: dict[tuple[str, str], Resource | None] = {}
    for each in resources:
        named[each.scope, each.address] = each
        key = (each.scope, each.address.partition("[")[0] if each.address.endswith("]") else "")
        bare[key] = None if key in bare else each
    return {**{key: each for key, each in bare.items() if each is not None and key[1]}, **named}


def _made(resource: Resource, declared: Declared) -> _Made | None:
    """Return what a resource of azapi states in ARM's words; None for any other, and for one of no known type."""
    stated = type_of(resource) if is_object_of_arm(resource.type) else None
    if stated is None:
        return None
    body: dict[str, Any] = {}
    spots = Spots()
    for attribute in ("body", "sensitive_body"):
        part, where = _document(resource.body.get(attribute), attribute)
        where.by = resource
        if _ALL in part:
            body, spots = {}, Spots()
        if _ALL not in body:
            _over(body, part, spots, where)
    for name in ("location", "tags"):
        value = resource.body.get(name)
        if value is not None:
            body[name], spots.inside[name] = verbatim(value, (name,), resource)
    if (identity := resource.body.get("identity")) is not None:
        body["identity"], spots.inside["identity"] = _identity(identity, resource)
    spots.inside["name"] = Spots(("name",), by=resource)
    spots.inside["parent"] = spots.inside["scope"] = Spots(("parent_id",), by=resource)
    if resource.type == _UPDATE and resource.body.get("resource_id") is not None:
        spots.inside["parent"] = spots.inside["scope"] = Spots(("resource_id",), by=resource)
    return _Made(resource, *stated, own_id(resource, declared), body, spots)


def _document(value: Any, attribute: str) -> tuple[dict[str, Any], Spots]:
    """Return what a body says, its names as services read them, and where each part stands."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = _NO_OBJECT
    if value is None:
        return {}, Spots((attribute,))
    if isinstance(value, Reference):
        value = Unresolved(f"it is taken from {value}", "scan the plan or the live subscription", str(value))
    if not isinstance(value, dict):
        return {_ALL: value if isinstance(value, Unresolved) else _NO_OBJECT}, Spots((attribute,))
    made, spots = _canonical(value, (attribute,))
    return made if isinstance(made, dict) else {_ALL: made}, spots


def _canonical(value: Any, path: Path) -> tuple[Any, Spots]:
    spots = Spots(path)
    if isinstance(value, dict):
        made: dict[str, Any] = {}
        for key, each in value.items():
            if each is not None:
                name = canonical(key)
                if name in made:
                    return Unresolved("two of its names differ in their case alone", "mend it"), spots
                inside = verbatim if name in _FREE else _canonical
                made[name], spots.inside[name] = inside(each, (*path, key))
        return made, spots
    if isinstance(value, list):
        items = [_canonical(each, (*path, index)) for index, each in enumerate(value)]
        spots.inside = {index: below for index, (_, below) in enumerate(items)}
        return [each for each, _ in items], spots
    return value, spots


def _over(body: dict[str, Any], part: Mapping[str, Any], spots: Spots, where: Spots) -> None:
    """Lay `part` over `body`, member by member, with where it stands; a list is replaced as a whole."""
    for name, value in part.items():
        below = where.inside.get(name, Spots(where.path))
        below.by = below.by or where.by
        held = body.get(name)
        if isinstance(held, dict) and isinstance(value, dict):
            _over(held, value, spots.inside.setdefault(name, Spots(where.path, by=where.by)), below)
        else:
            body[name] = value
            spots.inside[name] = _by(below, below.by)


def _by(spots: Spots, by: Resource | None) -> Spots:
    """Return `spots`, all of them those of the resource `by`."""
    spots.by = by
    for each in spots.inside.values():
        _by(each, by)
    return spots


def _identity(value: Any, resource: Resource) -> tuple[Any, Spots]:
    """Return the block `identity` as ARM has it."""
    at: Path = ("identity",)
    if isinstance(value, list) and len(value) == 1:
        value, at = value[0], ("identity", 0)
    if not isinstance(value, dict):
        return (None if value == [] else value), Spots(at, by=resource)
    spots = Spots(at, by=resource)
    made: dict[str, Any] = {}
    if value.get("type") is not None:
        made["type"] = value["type"]
        spots.inside["type"] = Spots((*at, "type"), by=resource)
    chosen = value.get("identity_ids")
    if chosen:
        made["userAssignedIdentities"] = (
            {str(each): {} for each in chosen} if isinstance(chosen, list) else chosen
        )
        spots.inside["userAssignedIdentities"] = Spots((*at, "identity_ids"), by=resource)
    return made, spots


def _resource(made: _Made, declared: Declared, linked: Mapping[str, str]) -> Resource:
    """Return the resource of ARM's words."""
    source = made.source
    type_, body = made.type.lower(), made.body
    target = _target(made, declared) if source.type == _UPDATE else ""
    context = {**source.context, "azapi": source.type}
    body = _with_ids(body, source, declared, linked)
    if target:  # what it is called is said by what it updates
        body = uncertain(body, doubt(source, declared[source.scope, target]), {})
        context[UPDATES], type_ = target, source.type
    else:
        body |= {
            "id": id_value(made.id),
            "name": _name(source, made.id, declared),
            "type": made.type,
            "apiVersion": made.version,
            "scope": _scope(made, declared, linked),
        }
        if type_.count("/") > 1:
            body["parent"] = _parents(made, declared, linked)
        if source.type == _UPDATE and not _of_azurerm(body.get("parent")):
            _rest_open(body)
    _without_secrets(body, made.type)
    return Resource(
        type_,
        source.address,
        body,
        source.place,
        source.plane,
        "arm",
        source.scope,
        locator(source, made.spots),
        tuple(_suppression(each) for each in source.suppressions),
        context,
        origins(source, made.spots) if source.origins is not None else None,
        source.last_line,
    )


def _name(source: Resource, id_: str, declared: Declared) -> Any:
    """Return the last part of its name, as a value."""
    stated = source.body.get("name")
    text = ids.parts(id_)[-1] if stated is None else text_of(stated, source, declared, "name")
    if "${" not in text:
        return text
    return (
        stated
        if isinstance(stated, Unresolved)
        else Unresolved("its name is not known", "scan the plan", text)
    )


def _with_ids(value: Any, by: Resource, declared: Declared, linked: Mapping[str, str]) -> Any:
    """Return a copy of `value` with ids as templates have them: what is declared here as references, parts as texts."""
    if isinstance(value, dict):
        return {name: _with_ids(each, by, declared, linked) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_ids(each, by, declared, linked) for each in value]
    if isinstance(value, str) and value[:1] == "/":
        address = linked.get(value.lower())
        return value if address is None else Reference(address, "id")
    if isinstance(value, Unresolved) and referred(value, by)[1]:
        id_ = as_id(value, by, declared, "")
        address = linked.get(id_.lower())
        if address is not None:
            return Reference(address, "id")
        return value if id_[:2] == "/$" else id_value(id_)
    return value


def _scope(made: _Made, declared: Declared, linked: Mapping[str, str]) -> Any:
    """Return what it is an extension of, or the group or subscription it is in; of a child, its outermost parent's."""
    source = made.source
    if made.type.count("/") > 1:
        at = made.id
        while ids.is_child(at):
            at = ids.above(at)
        outer = declared.get((source.scope, linked.get(at.lower(), "")))
        if outer is None:
            return id_value(ids.above(at))
        source = outer
    return _linked(source.body.get("resource_id", source.body.get("parent_id")), source, declared, linked)


def _linked(value: Any, by: Resource, declared: Declared, linked: Mapping[str, str]) -> Any:
    """Return what an id leads to: a reference where it is that of something declared, else the id."""
    id_ = as_id(value, by, declared, "")
    address = linked.get(id_.lower())
    if address is not None:
        return Reference(address, "id")
    reference, rest = referred(value, by)
    if reference is not None and not rest and (by.scope, reference.address) in declared:
        return reference
    return value if isinstance(value, Unresolved) and rest else id_value(id_)


def _parents(made: _Made, declared: Declared, linked: Mapping[str, str]) -> Any:
    """Return references to what a child is declared inside of, the nearest first; the parent's id where it is not here.

    What azurerm declares is the last of them.
    """
    found: list[Reference] = []
    at = first = ids.above(made.id)
    while ids.is_child(made.id):
        if at.lower() in linked:
            found.append(Reference(linked[at.lower()], "id"))
        if not ids.is_child(at):
            break
        at = ids.above(at)
    outermost = _outermost(made.source, declared)
    if outermost is not None and outermost not in found:
        found.append(outermost)
    if not found:
        return id_value(first)
    return found[0] if len(found) == 1 else found


def _outermost(source: Resource, declared: Declared) -> Reference | None:
    """Return what another provider declares, inside of which a child is; None for nothing."""
    by: Resource | None = source
    for _ in range(_LEVELS):
        if by is None:
            return None
        reference, _ = referred(by.body.get("resource_id", by.body.get("parent_id")), by)
        if reference is None:
            return None
        by = declared.get((by.scope, reference.address))
        if by is None or not is_object_of_arm(by.type):
            return Reference(by.address, "id") if by is not None else reference
        stated = type_of(by)
        if stated is None or stated[0].count("/") < 2:
            return Reference(by.address, "id")
    return None


def _target(made: _Made, declared: Declared) -> str:
    """Return the address of the resource of azurerm that an update is of; "" for none that is declared here."""
    reference, rest = referred(made.source.body.get("resource_id"), made.source)
    if reference is None or rest:
        return ""
    target = declared.get((made.source.scope, reference.address))
    return target.address if target is not None and target.type.startswith("azurerm_") else ""


def _of_azurerm(parent: Any) -> bool:
    nearest = parent[0] if isinstance(parent, list) else parent
    return (
        isinstance(nearest, Reference)
        and ".azurerm_" in f".{nearest.address}"
        and "data." not in nearest.address
    )


def _rest_open(value: dict[str, Any]) -> None:
    """Mark that of each mapping more than what it holds may be stated elsewhere."""
    for each in list(value.values()):
        if isinstance(each, dict):
            _rest_open(each)
    value.setdefault(_ALL, _REST)


def _without_secrets(body: dict[str, Any], type_: str) -> None:
    without_secrets(body)
    properties = body.get("properties")
    if "secret" in type_.lower() and isinstance(properties, dict):
        without_secrets(properties, type_)


def _suppression(of_code: Suppression) -> Suppression:
    """Return a suppression that is narrowed to a part of the body in that part's own words."""
    if of_code.path[:1] in (("body",), ("sensitive_body",)):
        return replace(of_code, path=of_code.path[1:])
    return of_code
