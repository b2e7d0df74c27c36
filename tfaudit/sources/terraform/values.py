"""The values of expressions: plain ones, and what to say where one cannot be told.

`Opaque` is a value that tfparse can tell and we cannot: it depends on nothing unknown, but on a function that is not
evaluated here. It is an `Unresolved` like any other where tfparse does not tell it either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tfaudit.resources import Reference, Unresolved

SETTLE_VARIABLE = "pass --var-file, or scan the plan"
SETTLE_APPLY = "scan the plan or the live account"


@dataclass(slots=True, frozen=True)
class Opaque(Unresolved):
    """A value that tfparse may know."""


@dataclass(slots=True, frozen=True)
class Failed(Unresolved):
    """A value that Terraform would refuse to compute: what `try` passes over."""


@dataclass(slots=True, frozen=True)
class Rest(Unresolved):
    """Elements of a list, how many is not known either."""


@dataclass(slots=True, frozen=True)
class Sensitive(Unresolved):
    """A value that the code marks as sensitive: it is known, and must not be told."""


class Maybe(list[Any]):
    """The instances of `count = var.unknown ? 1 : 0`: one, if any."""

    __slots__ = ()


def unknowns(value: Any) -> Iterator[Unresolved | Reference]:
    """Yield what is not known inside `value`, outermost first."""
    if isinstance(value, (Unresolved, Reference)):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from unknowns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from unknowns(inner)
    elif value is not None and not isinstance(value, (str, int, float)):
        # A module of which the instances are not known: what it is as a collection cannot be told.
        yield Unresolved("it depends on how many instances of a module there are", SETTLE_APPLY)


def is_known(value: Any) -> bool:
    """Whether nothing inside `value` is unknown."""
    return next(unknowns(value), None) is None


def heavier(value: Any, limit: int) -> bool:
    """Whether `value` has more than `limit` parts, shared ones counted each time: what a doubling bomb grows by."""
    stack, count = [value], 0
    while stack:
        current = stack.pop()
        count += 1
        if count > limit:
            return True
        if isinstance(current, dict):
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)
        elif isinstance(current, str):
            count += len(current) // 100
    return False


def made_from(values: Iterable[Any], expression: str) -> Unresolved | None:
    """Return why a value made from `values` cannot be told, None when all are known.

    It is `Failed` where a part is (Terraform would refuse the whole), and `Opaque` only where nothing else stands in
    the way.
    """
    met: dict[type, Unresolved] = {}
    for value in values:
        for found in unknowns(value):
            if isinstance(found, Reference):
                met.setdefault(
                    Unresolved, Unresolved(f"it is made from {found}, which only apply tells", SETTLE_APPLY)
                )
            else:
                met.setdefault(type(found) if isinstance(found, (Failed, Opaque)) else Unresolved, found)
    for kind in (Failed, Unresolved, Opaque):
        if kind in met:
            return kind(met[kind].because, met[kind].settle_with, expression)
    return None


def text_of(value: Any) -> str:
    """Return a known scalar as Terraform puts it into a template."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def number_of(value: Any) -> int | float | None:
    """Return a known scalar as a number, None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        try:
            value = float(value) if not value.lstrip("-").isdigit() else int(value)
        except ValueError:
            return None
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def bool_of(value: Any) -> bool | None:
    """Return a known scalar as a bool, None where it is none."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def convert(value: Any, type_: Any) -> Any:
    """Return `value` as a variable's type constraint makes it; `type_` is the constraint's expression, or None.

    Primitive types are converted, and `optional` attributes of objects get their defaults.
    """
    if type_ is None or value is None:
        return value
    kind = type_[0]
    if kind == "ref" and not type_[5]:
        return _primitive(value, type_[4])
    if kind != "call" or not type_[5]:
        return value
    name, inner = type_[4], type_[5][0]
    if name == "optional":
        return convert(value, inner)
    if name in ("list", "set") and isinstance(value, list):
        return [convert(each, inner) for each in value]
    if name == "map" and isinstance(value, dict):
        return {key: convert(each, inner) for key, each in value.items()}
    if name == "object" and isinstance(value, dict) and inner[0] == "object":
        return _object(value, inner[4])
    return value


def _primitive(value: Any, name: str) -> Any:
    if isinstance(value, (dict, list, Unresolved, Reference)):
        return value
    if name == "string":
        return text_of(value)
    converted = number_of(value) if name == "number" else bool_of(value) if name == "bool" else None
    return value if converted is None else converted


def _object(value: Mapping[str, Any], pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    result = dict(value)
    for key, type_ in pairs:
        name = str(key[4])
        if result.get(name) is not None:
            result[name] = convert(result[name], type_)
        elif type_[0] == "call" and type_[4] == "optional":
            default = literal(type_[5][1]) if len(type_[5]) > 1 else None
            result[name] = convert(default, type_[5][0])
    return result


def literal(expression: Any) -> Any:
    """Return the value of an expression that has no names in it; parts that have are `Unresolved`."""
    kind = expression[0]
    if kind == "lit":
        return expression[4]
    if kind == "list":
        return [literal(each) for each in expression[4]]
    if kind == "object":
        return {text_of(literal(key)): literal(each) for key, each in expression[4]}
    if kind == "neg":
        inner = number_of(literal(expression[4]))
        return None if inner is None else -inner
    return Unresolved("a default is not a literal", "scan the plan")
