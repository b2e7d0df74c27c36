"""What a deployment passes to the template that it deploys, as values of that template's parameters.

A parameter of which it is not known whether anything is passed has no default for certain: it stands under the name "".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm.frames import Given, Source
from tfaudit.sources.arm.names import cased
from tfaudit.sources.arm.parts import settled
from tfaudit.sources.arm.syntax import Access, Literal, Member
from tfaudit.sources.arm.values import HIDDEN, LIVE, as_written, mend, not_told

if TYPE_CHECKING:
    from tfaudit.sources.arm.evaluate import Evaluator
    from tfaudit.sources.arm.handles import Instance

_OF_PARAMETER = {"value": "value", "reference": "reference", "copy": "copy"}
_IN_VAULT = Unresolved("it is read from a vault at deployment", "scan the live subscription")
_BY_URL = Unresolved("its parameters are linked by URL", "scan the live subscription")


class Evaluates(Protocol):
    """What is asked of everything that is deployed together: `world.World` has it."""

    evaluator: Evaluator


def to_module(instance: Instance, world: Evaluates) -> dict[str, Given]:
    """Return what a module of Bicep is given, by name in lower case; under "" what any other parameter may be given."""
    values, by = instance.declaration.parameters, f'module "{instance.declaration.symbol}"'
    if values is None:
        return {}
    members = getattr(values, "members", None)
    if members is None:
        return _of_value(world.evaluator.value(values, instance.env), by, instance)
    given: dict[str, Given] = {}
    for member in members:
        if member.key is None:
            spread = _of_value(world.evaluator.value(member.value, instance.env), by, instance)
            given = spread if "" in spread else given | spread
            continue
        name = member.key.value if isinstance(member.key, Literal) else None
        if name is None:
            name = settled(world.evaluator.value(member.key, instance.env))
        if isinstance(name, str):
            given[name.lower()] = _later(member, by, instance)
        else:
            given = _of_value(name, by, instance)
    return given


def _later(member: Member, by: str, instance: Instance) -> Given:
    return Given(None, by, instance.frame.source, member.at, instance.env, member.value, lazy=True)


def _of_value(value: Any, by: str, instance: Instance) -> dict[str, Given]:
    """Return what an object gives by its members; of one that is not known any parameter may be given something."""
    value = settled(value)
    where = instance.frame.source, instance.declaration.spot
    if isinstance(value, dict):
        given = {name.lower(): Given(each, by, *where, instance.env) for name, each in value.items()}
        if any("${" in name for name in value):
            given[""] = Given(Unresolved(HIDDEN, LIVE), by, *where, instance.env)
        return given
    why = value if isinstance(value, (Unresolved, Reference)) else mend("its parameters are no object")
    return {"": Given(not_told(why, ""), by, *where, instance.env)}


def to_template(properties: Mapping[str, Any], instance: Instance, world: Evaluates) -> dict[str, Given]:
    """Return what a nested or linked template is given, as `to_module` does; `properties` are the deployment's."""
    written = properties.get("parameters")
    by = f"deployment {as_written(instance.name)[:80]}" if written else ""
    if isinstance(written, str):
        written = settled(world.evaluator.value(written, instance.env))
    given: dict[str, Given] = {}
    if isinstance(written, dict):
        given = dict(_given(written, by, instance, world))
    elif written is not None:
        given = _of_value(written, by, instance)
    if properties.get("parametersLink") is not None:
        given[""] = Given(_BY_URL)
    return given


def _given(
    written: Mapping[str, Any], by: str, instance: Instance, world: Evaluates
) -> Iterator[tuple[str, Given]]:
    source: Source = instance.frame.source
    spot = (*instance.declaration.spot, "properties", "parameters") if source.language == "arm" else None
    for key, each in written.items():
        where = source, instance.declaration.spot if spot is None else (*spot, key)
        name = settled(world.evaluator.value(key, instance.env)) if key[:1] == "[" else key
        if not isinstance(name, str) or "${" in name:
            yield "", Given(Unresolved(HIDDEN, LIVE), by, *where, instance.env)
        elif isinstance(each, dict):
            yield name.lower(), _of_parameter(name, cased(each, _OF_PARAMETER), by, where, instance)
        elif isinstance(each, str):  # an expression for the object with the value
            node = Access(each, Literal("value"), safe=True)
            yield name.lower(), Given(None, by, *where, instance.env, node, lazy=True)
        else:
            why = not_told(each, "") if isinstance(each, (Unresolved, Reference)) else _no_value(name)
            yield name.lower(), Given(why, by, *where, instance.env)


def _of_parameter(
    name: str, stated: Mapping[str, Any], by: str, where: tuple[Source, Any], instance: Instance
) -> Given:
    if "value" in stated:
        return Given(None, by, *where, instance.env, stated["value"], lazy=True)
    if isinstance(stated.get("copy"), list):
        node = Access(stated, Literal("value"))
        return Given(None, by, *where, instance.env, node, lazy=True)
    return Given(_IN_VAULT if "reference" in stated else _no_value(name), by, *where, instance.env)


def _no_value(name: str) -> Unresolved:
    return mend(f"the deployment gives the parameter {name[:80]} no mapping with a value")
