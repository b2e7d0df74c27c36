"""Functions of lists and objects.

learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array and template-functions-object
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import may_be_literal
from tfaudit.sources.arm.functions.logic import equal, holds, is_open, not_seen
from tfaudit.sources.arm.functions.signature import (
    MANY,
    Function,
    Table,
    Wrong,
    items,
    mapping,
    may_hide,
    member,
    text,
    whole,
)
from tfaudit.sources.arm.values import (
    HIDDEN,
    LIVE,
    LONGEST_TEXT,
    TooLarge,
    as_text,
    as_written,
    called,
    not_told,
)

_MOST = 10_000
"""What ARM itself takes at most as the length of a range: learn.microsoft.com/…/template-functions-array#range"""


def contains(container: Any, wanted: Any) -> Any:
    """Return whether a list has an element, an object a key, or a text a part."""
    if isinstance(wanted, (Unresolved, Reference)):
        return not_told(wanted, called("contains", [container, wanted]))
    if isinstance(container, dict):
        if member(container, as_text(wanted)) is not None:
            return True
        open_ = may_hide(container, as_text(wanted))
        return Unresolved(HIDDEN, LIVE, called("contains", [container, wanted])) if open_ else False
    if isinstance(container, str):
        return holds(container, as_text(wanted))
    unclear: Any = None
    for each in items(container):
        same = equal(each, wanted)
        if same is True:
            return True
        unclear = unclear or (same if same is not False else None)
    return False if unclear is None else not_told(unclear, called("contains", [container, wanted]))


def empty(value: Any) -> bool:
    """Return whether nothing stands in a text, list or object."""
    return value is None or (isinstance(value, (str, list, dict)) and len(value) == 0)


def length(value: Any) -> Any:
    """Return how many characters, elements or members there are."""
    if not isinstance(value, (str, list, dict)):
        raise Wrong("it has no length")
    if is_open(value):
        return not_seen("length", value)
    return len(value)


def first(value: Any) -> Any:
    """Return the first element or character; null, or an empty text, where there is none."""
    if isinstance(value, str):
        return value[:1]
    return items(value)[0] if value else None


def last(value: Any) -> Any:
    """Return the last element or character, as `first` does."""
    if isinstance(value, str):
        return value[-1:]
    return items(value)[-1] if value else None


def take(value: Any, count: Any) -> Any:
    """Return the beginning of a list or text."""
    if not isinstance(value, (str, list)):
        raise Wrong("it is neither a list nor a text")
    return value[: max(whole(count), 0)]


def skip(value: Any, count: Any) -> Any:
    """Return a list or text without its beginning."""
    if not isinstance(value, (str, list)):
        raise Wrong("it is neither a list nor a text")
    return value[max(whole(count), 0) :]


def numbers(start: Any, count: Any) -> list[int]:
    """Return so many whole numbers from one on."""
    if not 0 <= whole(count) <= _MOST:
        raise Wrong(f"a range has from 0 to {_MOST} numbers")
    return list(range(whole(start), start + count))


def union(*arguments: Any) -> Any:
    """Return the elements of several lists, each once, or objects merged into one, the later ones over the others."""
    if all(isinstance(each, dict) for each in arguments):
        merged: dict[str, Any] = {}
        for each in arguments:
            merged = _merged(merged, each)
        return merged
    found: list[Any] = []
    for each in arguments:
        for one in items(each):
            if not any(equal(one, other) is True for other in found):
                found.append(one)
    return found


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    found = dict(under)
    for name, value in over.items():
        key = member(found, name) or name
        own = found.get(key)
        if isinstance(own, dict) and isinstance(value, dict):
            found[key] = _merged(own, value)
        elif isinstance(own, (Unresolved, Reference)) and isinstance(value, dict):
            found[key] = not_told(own, called("union", [own, value]))  # what it has beside is not known
        else:
            found[key] = value
    return found


def merged_once(objects: Any) -> dict[str, Any]:
    """Return objects merged into one, their members replaced as they are."""
    found: dict[str, Any] = {}
    for each in items(objects):
        if isinstance(each, (Unresolved, Reference)):
            raise Wrong("one of the objects is not known")
        found |= mapping(each)
    return found


def intersection(*arguments: Any) -> Any:
    """Return what several lists, or objects, have in common."""
    start, *others = arguments
    if isinstance(start, dict):
        return {
            name: value
            for name, value in start.items()
            if all(name in mapping(each) and equal(each[name], value) is True for each in others)
        }
    return [
        each
        for each in items(start)
        if all(any(equal(each, one) is True for one in items(other)) for other in others)
    ]


def flatten(value: Any) -> Any:
    """Return the elements of the lists in a list."""
    found: list[Any] = []
    for each in items(value):
        if isinstance(each, (Unresolved, Reference)):
            return not_told(each, called("flatten", [value]))
        found += items(each)
        if len(found) > LONGEST_TEXT:
            raise TooLarge
    return found


def index_of(value: Any, wanted: Any, *, back: bool = False) -> Any:
    """Return where an element or a part of a text stands first, from 0; -1 for nowhere."""
    if isinstance(value, str):
        if is_open(value) or is_open(wanted):
            return not_seen("indexOf", value, wanted)
        lower, part = value.lower(), text(wanted).lower()
        return lower.rfind(part) if back else lower.find(part)
    found = [number for number, each in enumerate(items(value)) if equal(each, wanted) is True]
    return found[-1 if back else 0] if found else -1


def members(value: Any) -> list[dict[str, Any]]:
    """Return an object as a list of keys with their values, by key."""
    found = mapping(value)
    return [{"key": name, "value": found[name]} for name in sorted(found, key=str.lower)]


def create_object(*arguments: Any) -> Any:
    """Return an object of keys and values in turn."""
    if len(arguments) % 2:
        raise Wrong("a key has no value")
    found: dict[str, Any] = {}
    for name, value in zip(arguments[::2], arguments[1::2], strict=True):
        found[as_written(name) if isinstance(name, (Unresolved, Reference)) else text(name)] = value
    return found


def try_get(value: Any, *steps: Any) -> Any:
    """Return what stands at several steps, null where there is nothing."""
    for step in steps:
        open_ = next((each for each in (value, step) if isinstance(each, (Unresolved, Reference))), None)
        if open_ is not None:
            return not_told(open_, called("tryGet", [value, *steps]))
        if isinstance(value, dict):
            name = member(value, as_text(step))
            if name is None and may_hide(value, as_text(step)):
                return Unresolved(HIDDEN, LIVE, called("tryGet", [value, *steps]))
            value = None if name is None else value[name]
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def try_index_from_end(values: Any, index: Any) -> Any:
    """Return the element so far from the end of a list, 1 for the last; null where there is none."""
    if not isinstance(values, list) or isinstance(index, bool) or not isinstance(index, int):
        raise Wrong("it takes a list and a number")
    return values[-index] if 1 <= index <= len(values) else None


def index_from_end(values: Any, index: Any) -> Any:
    """Return the element so far from the end of a list, which must be there."""
    if isinstance(values, list) and isinstance(index, int) and not 1 <= index <= len(values):
        raise Wrong(f"there is no element {index} from the end")
    return try_index_from_end(values, index)


def _arrayed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


Applied = Callable[..., Any]


def mapped(value: Any, function: Applied) -> list[Any]:
    """Return what a lambda makes of each element."""
    return [function(each, number) for number, each in enumerate(items(value))]


def filtered(value: Any, function: Applied) -> Any:
    """Return the elements for which a lambda holds."""
    found: list[Any] = []
    for number, each in enumerate(items(value)):
        holds = function(each, number)
        if isinstance(holds, (Unresolved, Reference)):
            return not_told(holds, called("filter", [value]))
        found += [each] if holds is True else []
    return found


def reduced(value: Any, start: Any, function: Applied) -> Any:
    """Return what a lambda makes of a start and each element in turn."""
    if isinstance(value, (Unresolved, Reference)):
        return not_told(value, called("reduce", [value, start]))
    for number, each in enumerate(items(value)):
        start = function(start, each, number)
    return start


def ordered(value: Any, function: Applied) -> Any:
    """Return the elements in the order that a lambda states: whether one goes before another."""
    unclear: list[Any] = []

    def before(one: Any, other: Any) -> int:
        answer = function(one, other)
        if isinstance(answer, (Unresolved, Reference)):
            unclear.append(answer)
        return -1 if answer is True else 1 if function(other, one) is True else 0

    found = sorted(items(value), key=cmp_to_key(before))
    return not_told(unclear[0], called("sort", [value])) if unclear else found


def to_object(value: Any, key: Applied, of: Applied | None = None) -> Any:
    """Return an object of what lambdas make of each element: its key, and its value."""
    found: dict[str, Any] = {}
    for each in items(value):
        name = key(each)
        if isinstance(name, (Unresolved, Reference)):
            return not_told(name, called("toObject", [value]))
        found[as_text(name)] = each if of is None else of(each)
    return found


def grouped(value: Any, key: Applied) -> Any:
    """Return an object of lists, by the keys that a lambda makes of each element."""
    found: dict[str, Any] = {}
    for each in items(value):
        name = key(each)
        if isinstance(name, (Unresolved, Reference)):
            return not_told(name, called("groupBy", [value]))
        found.setdefault(as_text(name), []).append(each)
    return found


def mapped_values(value: Any, function: Applied) -> dict[str, Any]:
    """Return an object with what a lambda makes of each value."""
    return {name: function(each) for name, each in mapping(value).items()}


def _first_known(*arguments: Any) -> Any:
    for each in arguments:
        if isinstance(each, (Unresolved, Reference)) or each is not None:
            return each
    return None


def _coalesce(first: list[Any]) -> bool:
    """Whether the last of the `first` arguments is what `coalesced` returns, whatever comes behind it."""
    return first[-1] is not None and not isinstance(first[0], Unresolved)


def coalesced(*arguments: Any) -> Any:
    """Return the first value that is not null; where an earlier one is not known, that is not known either."""
    found = _first_known(*arguments)
    if isinstance(found, Unresolved) and arguments[0] is found and len(arguments) > 1:
        rest = [each for each in arguments[1:] if each is not None]
        if not rest:
            return found
        unknown = not_told(found, called("coalesce", [found, *rest]))
        return replace(unknown, literal=any(map(may_be_literal, (found, *rest))))
    return found


TABLE: Table = {
    "array": Function(_arrayed, 1, 1, "outside"),
    "coalesce": Function(coalesced, 1, MANY, "nothing", _coalesce),
    "contains": Function(contains, 2, 2, "outside"),
    "createarray": Function(lambda *arguments: list(arguments), 0, MANY, "nothing"),
    "createobject": Function(create_object, 0, MANY, "nothing"),
    "empty": Function(empty, 1, 1, "outside"),
    "filter": Function(filtered, 2, 2, "outside"),
    "first": Function(first, 1, 1, "outside"),
    "flatten": Function(flatten, 1, 1, "outside"),
    "groupby": Function(grouped, 2, 2, "outside"),
    "indexof": Function(index_of, 2, 2),
    "intersection": Function(intersection, 1, MANY),
    "items": Function(members, 1, 1, "outside"),
    "last": Function(last, 1, 1, "outside"),
    "lastindexof": Function(lambda value, wanted: index_of(value, wanted, back=True), 2, 2),
    "length": Function(length, 1, 1, "outside"),
    "map": Function(mapped, 2, 2, "outside"),
    "mapvalues": Function(mapped_values, 2, 2, "outside"),
    "objectkeys": Function(lambda value: sorted(mapping(value), key=str.lower), 1, 1, "outside"),
    "range": Function(numbers, 2, 2),
    "reduce": Function(reduced, 3, 3, "nothing"),
    "shallowmerge": Function(merged_once, 1, 1, "outside"),
    "skip": Function(skip, 2, 2, "outside"),
    "sort": Function(ordered, 2, 2, "outside"),
    "take": Function(take, 2, 2, "outside"),
    "toobject": Function(to_object, 2, 3, "outside"),
    "indexfromend": Function(index_from_end, 2, 2, "outside"),
    "tryindexfromend": Function(try_index_from_end, 2, 2, "outside"),
    "tryget": Function(try_get, 2, MANY, "nothing"),
    "union": Function(union, 1, MANY, "outside"),
}
