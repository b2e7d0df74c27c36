"""Conversion between Terraform's types: to a type that is asked for, and to one that several values have in common.

A type is a word (`string`, `number`, `bool`, `any`) or a tuple: `("list", type)`, `("set", type)`, `("map", type)`,
`("tuple", types)`, `("object", attributes)`, where attributes map a name to `(type, optional, default)`. After go-cty's
package `convert`. Unknown parts stay what they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import is_number, parsed
from tfaudit.sources.terraform.hcl.values import (
    Document,
    List,
    Map,
    Maybe,
    Set,
    Typed,
    bool_of,
    listed,
    literal,
    number_of,
    text_of,
    typeless,
)

Type: TypeAlias = Any

_PRIMITIVES = frozenset({"string", "number", "bool"})


class Unfit(ValueError):
    """A value cannot be converted to the type."""


def constraint(expression: Any) -> Type:
    """Return the type that a variable's type constraint writes; what is no type is `any`."""
    if expression[0] == "ref" and not expression[5]:
        name = expression[4]
        return name if name in _PRIMITIVES else (name, "any") if name in ("list", "set", "map") else "any"
    if expression[0] == "lit" and expression[4] in ("string", "list", "map"):  # as Terraform 0.11 wrote it
        return expression[4] if expression[4] == "string" else (expression[4], "any")
    if expression[0] != "call" or not expression[5]:
        return "any"
    name, inner = expression[4], expression[5][0]
    if name in ("list", "set", "map"):
        return (name, constraint(inner))
    if name == "tuple" and inner[0] == "list":
        return ("tuple", tuple(constraint(each) for each in inner[4]))
    if name == "object" and inner[0] == "object":
        return ("object", {str(key[4]): _attribute(each) for key, each in inner[4]})
    return "any"


def _attribute(expression: Any) -> tuple[Type, bool, Any]:
    if expression[0] != "call" or expression[4] != "optional" or not expression[5]:
        return constraint(expression), False, None
    default = literal(expression[5][1]) if len(expression[5]) > 1 else None
    return constraint(expression[5][0]), True, default


def convert(value: Any, type_: Type) -> Any:
    """Return `value` as a `type_`; `Unfit` where it cannot be one."""
    if type_ == "any" or value is None or isinstance(value, (Unresolved, Reference)):
        return value
    if isinstance(type_, str):
        return _primitive(value, type_)
    if hasattr(value, "output"):  # a module of which the instances are not known
        return value
    return _COLLECTIONS[type_[0]](value, type_[1])


def _primitive(value: Any, name: str) -> Any:
    if isinstance(value, (dict, list)):
        raise Unfit
    if name == "string":
        return text_of(value)
    if name == "bool":
        converted: Any = bool_of(value)
    else:
        converted = parsed(value) if isinstance(value, str) else number_of(value)
    if converted is None:
        raise Unfit
    return converted


def _elements(value: Any, inner: Type) -> list[Any]:
    if not isinstance(value, list):
        raise Unfit
    return unified(value) if inner == "any" else [convert(each, inner) for each in value]


def _list(value: Any, inner: Type) -> Any:
    found = _elements(listed(value) if isinstance(value, Set) else value, inner)
    return Maybe(found) if isinstance(value, Maybe) else _of(List(found), value, inner)


def _set(value: Any, inner: Type) -> Any:
    return _of(a_set(_elements(value, inner)), value, inner)


def _map(value: Any, inner: Type) -> Any:
    if not isinstance(value, dict):
        raise Unfit
    values = list(value.values())
    values = unified(values) if inner == "any" else [convert(each, inner) for each in values]
    return _of(Map(zip(value, values, strict=True)), value, inner)


def _of(found: Any, value: Any, inner: Type) -> Any:
    """Return what was converted; an empty collection keeps the type of its elements."""
    inner = getattr(value, "inner", "any") if inner == "any" else inner
    if not found and inner != "any":
        found.inner = inner
    return found


def _inner(value: Any, parts: Iterable[Any]) -> Type:
    return common(map(type_of, parts)) if value else getattr(value, "inner", "any")


def _tuple(value: Any, types: tuple[Type, ...]) -> Any:
    if not isinstance(value, list) or isinstance(value, Set) or len(value) != len(types):
        raise Unfit
    return [convert(each, type_) for each, type_ in zip(value, types, strict=True)]


def _object(value: Any, attributes: dict[str, tuple[Type, bool, Any]]) -> Any:
    if not isinstance(value, dict):
        raise Unfit
    result = {}
    for name, (type_, optional, default) in attributes.items():
        if name not in value and not optional:
            raise Unfit
        given = value.get(name)
        result[name] = convert(default if given is None and optional else given, type_)
    return result


_COLLECTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "list": _list,
    "set": _set,
    "map": _map,
    "tuple": _tuple,
    "object": _object,
}


def a_set(items: Iterable[Any]) -> Set:
    """Return elements of one type as a set, in Terraform's order: numbers by size, texts by their bytes."""
    seen: dict[Any, Any] = {}
    for each in items:
        seen.setdefault(mark(each), each)
    found = list(seen.values())
    if all(isinstance(each, str) for each in found):
        return Set(sorted(found))
    return Set(sorted(found, key=_rank))


def _rank(value: Any) -> tuple[Any, ...]:
    if isinstance(value, bool):
        return (0, value, "")
    if is_number(value):
        return (1, value, "")
    if isinstance(value, str):
        return (2, 0, value)
    # Null comes last, and unknown values after it.
    last = 5 if isinstance(value, (Unresolved, Reference)) else 4 if value is None else 3
    return (last, 0, "" if last > 3 else _hashed(value))


def _hashed(value: Any) -> str:
    """Return the text by which Terraform orders collections in a set (go-cty, set_internals.go)."""
    if isinstance(value, dict):
        parts = "".join(
            (f"{_hashed(key)}:" if isinstance(value, Map) else "") + f"{_hashed(value[key])};"
            for key in sorted(value)
        )
        return f"{{{parts}}}" if isinstance(value, Map) else f"<{parts}>"
    if isinstance(value, list):
        parts = "".join(f"{_hashed(each)};" for each in value)
        return f"[{parts}]" if isinstance(value, (List, Set, Maybe)) else f"<{parts}>"
    if isinstance(value, bool) or value is None:
        return "~" if value is None else "T" if value else "F"
    if is_number(value):
        from tfaudit.sources.terraform.hcl.decimals import general

        return general(value, 10, "g")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else "?"


def mark(value: Any) -> Any:
    """Return what two equal values of one type, and no others, have in common: it can be a key."""
    if isinstance(value, dict):
        return ("{", *((key, mark(value[key])) for key in sorted(value)))
    if isinstance(value, list):
        return ("[", *(mark(each) for each in value))
    if isinstance(value, (Unresolved, Reference)) or hasattr(value, "output"):
        return ("?", id(value))
    return (isinstance(value, bool), isinstance(value, str), value)


def type_of(value: Any) -> Type:
    """Return the type of a value, `any` for what is null and for what is not known without its type."""
    if isinstance(value, (str, bool)):
        return "string" if isinstance(value, str) else "bool"
    if is_number(value):
        return "number"
    if isinstance(value, (List, Set, Maybe)):
        return ("set" if isinstance(value, Set) else "list", _inner(value, value))
    if isinstance(value, Map):
        return ("map", _inner(value, value.values()))
    if isinstance(value, list):
        return ("tuple", tuple(map(type_of, value)))
    if isinstance(value, dict):
        return ("object", {key: (type_of(each), False, None) for key, each in value.items()})
    if isinstance(value, (Reference, Document)) and not typeless(value):
        return "string"
    return value.type if isinstance(value, Typed) else "any"


def unified(values: list[Any]) -> list[Any]:
    """Return `values` converted to the type that they have in common; `Unfit` where there is none."""
    if all(isinstance(each, str) for each in values):
        return values
    wanted = common(map(type_of, values))
    if wanted == "any":
        return values
    if wanted in ("number", "bool") and (unsure := next(filter(_untyped, values), None)) is not None:
        # A text beside them would make texts of them.
        return [each if each is None or _untyped(each) else replace(unsure) for each in values]
    return [convert(each, wanted) for each in values]


def _untyped(value: Any) -> bool:
    return isinstance(value, Unresolved) and typeless(value)


def common(types: Iterable[Type]) -> Type:
    """Return the type to which values of all `types` are converted, `any` where nothing is known of them."""
    found: list[Type] = []
    for each in types:
        if each != "any" and each not in found:
            found.append(each)
    if not found:
        return "any"
    if len(found) == 1:
        return found[0]
    kinds = {each if isinstance(each, str) else each[0] for each in found}
    if kinds <= _PRIMITIVES:
        if "string" not in kinds:
            raise Unfit
        return "string"
    if kinds <= {"list", "set", "tuple"}:
        return _common_sequence(found, kinds)
    if kinds <= {"map", "object"}:
        return _common_mapping(found, kinds)
    raise Unfit


def _common_sequence(found: list[Type], kinds: set[str]) -> Type:
    if kinds == {"tuple"} and len({len(each[1]) for each in found}) == 1:
        return ("tuple", tuple(common(column) for column in zip(*(each[1] for each in found), strict=True)))
    if {"list", "set"} <= kinds:
        return next(each for each in found if each[0] == "list")
    sets = [one[1] for one in found if one[0] == "set"]
    if "list" not in kinds and len(sets) == 1 and sets[0] != "any":
        return ("set", sets[0])
    inner = [each for one in found for each in (one[1] if one[0] == "tuple" else (one[1],))]
    return ("set" if "list" not in kinds and "set" in kinds else "list", common(inner))


def _common_mapping(found: list[Type], kinds: set[str]) -> Type:
    if kinds == {"object"} and len({frozenset(each[1]) for each in found}) == 1:
        names = found[0][1]
        return (
            "object",
            {name: (common(each[1][name][0] for each in found), False, None) for name in names},
        )
    inner = [
        each
        for one in found
        for each in ((type_ for type_, _, _ in one[1].values()) if one[0] == "object" else (one[1],))
    ]
    return ("map", common(inner))


def equal(left: Any, right: Any) -> bool:
    """Whether two known values are equal, as `==` has it: values of different types are not."""
    if left is None or right is None:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, (list, dict)) or isinstance(right, (list, dict)):
        return _kind(left) is _kind(right) and len(left) == len(right) and _equal_parts(left, right)
    return bool(left == right)


def _equal_parts(left: Any, right: Any) -> bool:
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(equal(each, right[key]) for key, each in left.items())
    return all(map(equal, left, right))


def _kind(value: Any) -> type:
    return List if isinstance(value, Maybe) else type(value)
