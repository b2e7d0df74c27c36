"""Functions over maps and objects, and conversions to single values."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import may_be_literal
from tfaudit.sources.terraform.hcl.conversion import Unfit, convert, type_of, unified
from tfaudit.sources.terraform.hcl.functions.signature import (
    Function,
    Refused,
    Unknown,
    countable,
    known,
    need,
    partial,
    shape,
)
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, Document, List, Map, Set, made_from, typeless


def _map(value: Any) -> dict[str, Any]:
    shape(value)
    if not isinstance(value, dict):
        raise Refused("it takes a map or an object")
    return value


def _keys(value: Any) -> list[str]:
    found = sorted(_map(value))
    return List(found) if isinstance(value, Map) else found


def _values(value: Any) -> list[Any]:
    mapping = _map(value)
    found = [mapping[key] for key in sorted(mapping)]
    return List(found) if isinstance(value, Map) else found


def _lookup(mapping: Any, key: str, *default: Any) -> Any:
    if len(default) > 1:
        raise Refused("it takes two or three arguments")
    try:
        found = _map(mapping)
        need(key)
    except Unknown as error:
        if not any(map(may_be_literal, default)):
            raise
        raise Unknown(replace(error.reason, literal=True)) from error
    if key in found:
        return found[key]
    if not default:
        raise Refused("the map has no such key")
    if isinstance(found, Map) and found:
        return convert(default[0], type_of(found)[1])
    return default[0]


def _merged(*maps: Any) -> dict[str, Any]:
    given = [_map(each) for each in maps if each is not None]
    result: dict[str, Any] = {}
    for each in given:
        result.update(each)
    if given and all(isinstance(each, Map) for each in given) and len({repr(type_of(e)) for e in given}) == 1:
        return Map(result)
    return result


def _paired(*items: Any) -> dict[str, Any]:
    if len(items) % 2:
        raise Refused("it takes keys and values in turn")
    keys = [convert(each, "string") for each in items[::2]]
    need(keys)
    return Map(zip(keys, unified(list(items[1::2])), strict=True))


def _transposed(value: dict[str, Any]) -> Map:
    result: dict[str, list[str]] = {}
    for key in sorted(value):
        if value[key] is None or None in value[key]:
            raise Refused("an element is null")
        for each in value[key]:
            result.setdefault(each, []).append(key)
    return Map((key, List(result[key])) for key in sorted(result))


def _zipped(keys: list[Any], values: Any) -> dict[str, Any]:
    need(keys)
    shape(values)
    if not isinstance(values, list) or isinstance(values, Set):
        raise Refused("the values are no list")
    countable(keys)
    countable(values)
    if len(keys) != len(values) or None in keys:
        raise Refused("there are not as many keys as values")
    found = dict(zip(keys, values, strict=True))
    return Map(found) if isinstance(values, List) else found


def _coalesced(*values: Any) -> Any:
    """Return the first value that is neither null nor an empty text, as the type that all have in common."""
    try:
        found = unified(list(values))
    except Unfit as error:
        if any(map(typeless, values)):
            raise Unknown(Unresolved("the type of an argument is not known", SETTLE_APPLY)) from error
        raise Refused("its arguments have no type in common") from error
    for each in found:
        if isinstance(each, Document):
            return each
        unknown = made_from([each], "") if isinstance(each, Unresolved) else None
        if unknown is not None:
            raise Unknown(replace(unknown, literal=any(map(may_be_literal, found))))
        if isinstance(each, Reference) or each not in (None, ""):
            return each
    raise Refused("no argument has a value")


FUNCTIONS: dict[str, Function] = {
    "coalesce": partial(_coalesced, "", "a?"),
    "ephemeralasnull": partial(lambda value: value, "a?"),
    "keys": partial(_keys, "a"),
    "lookup": partial(_lookup, "a s", "a?"),
    "map": partial(_paired, "", "a?"),
    "merge": partial(_merged, "", "a?"),
    "nonsensitive": partial(lambda value: value, "a?"),
    "sensitive": partial(lambda value: value, "a?"),
    "tobool": known(lambda value: value, "b?"),
    "tomap": partial(lambda value: value, "m?"),
    "tonumber": known(lambda value: value, "n?"),
    "tostring": known(lambda value: value, "s?"),
    "transpose": known(_transposed, "mls"),
    "values": partial(_values, "a"),
    "zipmap": partial(_zipped, "ls a"),
}
