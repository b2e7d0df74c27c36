"""Functions over lists, tuples and sets."""

from __future__ import annotations

import itertools
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import is_number, whole
from tfaudit.sources.terraform.hcl.conversion import (
    Unfit,
    a_set,
    common,
    convert,
    equal,
    mark,
    type_of,
    unified,
)
from tfaudit.sources.terraform.hcl.functions.signature import (
    MAX_ITEMS,
    Function,
    Refused,
    Unknown,
    countable,
    known,
    looking,
    need,
    partial,
    shape,
    too_large,
)
from tfaudit.sources.terraform.hcl.values import (
    SETTLE_APPLY,
    Failed,
    List,
    Maybe,
    Rest,
    Set,
    bool_of,
    is_known,
    listed,
    made_from,
)

_MAX_DEPTH = 50


def _items(value: Any) -> list[Any]:
    """Return the elements of a list, tuple or set."""
    shape(value)
    if not isinstance(value, list):
        raise Refused("it takes a list")
    return value


def _ordered(value: Any) -> list[Any]:
    """Return the elements of a list or tuple."""
    if isinstance(value, Set):
        raise Refused("the elements of a set have no index")
    return _items(value)


def _like(value: Any, items: list[Any]) -> Any:
    """Return `items` as the kind of list that `value` is: a part of it."""
    return List(items) if isinstance(value, List) else items


def _chunks(items: list[Any], size: Any) -> List:
    countable(items)
    width = whole(size)
    if width < 0:
        raise Refused("the size is negative")
    if not width:
        return List([items] if items else [])
    return List(List(items[at : at + width]) for at in range(0, len(items), width))


def _coalesced(*lists: Any) -> Any:
    if any(isinstance(each, (str, dict, Set)) or is_number(each) for each in lists):
        raise Refused("it takes lists")
    for each in lists:
        # Terraform refuses a null only where it has no type: a literal one, or an untyped variable's.
        if each is None:
            continue
        if isinstance(each, (Unresolved, Reference)):
            need(each)
        found = _ordered(each)
        if isinstance(found, Maybe) or any(isinstance(one, Rest) for one in found):
            countable(found)
        if found:
            return found
    raise Refused("no argument has an element")


def _concatenated(*lists: Any) -> Any:
    if not lists:
        raise Refused("it takes one list or more")
    if not any(isinstance(each, list) for each in lists):
        need(*lists)
    found: list[Any] = []
    for items in lists:
        if isinstance(items, (Unresolved, Reference)) or hasattr(items, "output"):
            because = items.because if isinstance(items, Unresolved) else f"it is taken from {items}"
            found.append(Rest(because, SETTLE_APPLY))
        else:
            found += _ordered(items)
    if all(isinstance(each, List) for each in lists):
        try:
            return List(unified(found))
        except Unfit:
            return found
    return found


def _contains(items: Any, wanted: Any) -> bool:
    need(wanted)
    for each in _items(items):
        if is_known(each) and equal(each, wanted):
            if isinstance(items, Maybe):
                countable(items)
            return True
    need(items)
    return False


def _index(items: Any, wanted: Any) -> int:
    need(wanted)
    countable(_ordered(items))
    for at, each in enumerate(items):
        need(each)
        if equal(each, wanted):
            return at
    raise Refused("no element is equal")


def _distinct(items: list[Any]) -> List:
    need(items)
    found: dict[Any, Any] = {}
    for each in items:
        found.setdefault(mark(each), each)
    return List(found.values())


def _element(items: Any, index: Any) -> Any:
    countable(_ordered(items))
    if not items:
        raise Refused("the list is empty")
    need(index)
    return items[whole(index) % len(items)]


def _flattened(value: Any) -> list[Any]:
    if isinstance(value, dict):
        need(value)
    found: list[Any] = []
    _flatten(_items(value), found, 0)
    return found


def _flatten(items: list[Any], found: list[Any], depth: int) -> None:
    if depth > _MAX_DEPTH or len(found) > MAX_ITEMS:
        raise too_large()
    for each in listed(items):
        if isinstance(each, list):
            _flatten(each, found, depth + 1)
        elif isinstance(each, Unresolved) and not isinstance(each, Rest):
            found.append(Rest(each.because, each.settle_with, each.expression))  # it may be a list
        else:
            found.append(each)


def _length(value: Any) -> int:
    shape(value)
    if isinstance(value, str):
        from tfaudit.sources.terraform.hcl.functions.texts import characters

        return len(characters(value))
    if isinstance(value, list):
        countable(value)
    elif not isinstance(value, dict):
        raise Refused("it takes a text or a collection")
    return len(value)


def _matching(values: list[Any], keys: list[Any], wanted: list[Any]) -> List:
    if len(values) != len(keys):
        raise Refused("there are not as many keys as values")
    alike = list(map(mark, unified([*keys, *wanted])))
    wanted_marks = set(alike[len(keys) :])
    return List(value for key, value in zip(alike, values, strict=False) if key in wanted_marks)


def _one(items: Any) -> Any:
    countable(_items(items))
    if len(items) > 1:
        raise Refused("there is more than one element")
    return items[0] if items else None


def _reversed(items: Any) -> Any:
    if isinstance(items, (Maybe, Set)):
        countable(items)
    found = list(reversed(_items(items)))
    return List(found) if isinstance(items, (List, Set)) else found


def _slice(items: Any, start: Any, end: Any) -> Any:
    unknown = isinstance(items, (Unresolved, Reference))
    if not unknown:
        countable(_ordered(items))
    need(start, end)
    first, last = whole(start), whole(end)
    if unknown:
        return _part(items, first, last)
    if not 0 <= first <= last <= len(items):
        raise Refused("the bounds are not those of a part of the list")
    return _like(items, items[first:last])


def _part(items: Unresolved | Reference, first: int, last: int) -> List:
    """Return a part of a list that is not known: so many elements it has, or Terraform refuses to take it."""
    why = made_from([items], "")
    if why is None or isinstance(why, Failed) or not 0 <= first <= last <= first + MAX_ITEMS:
        raise Unknown(why or Unresolved("the bounds are not those of a part of the list", SETTLE_APPLY))
    # Each is another value: no two of them are taken for the same.
    return List(Unresolved(why.because, why.settle_with, f"{items}[{at}]") for at in range(first, last))


def _sorted(items: list[Any]) -> List:
    if any(each is None for each in items):
        raise Refused("an element is null")
    return List(sorted(items))


def _all(items: list[Any]) -> bool:
    shape(items)
    if any(each is None or bool_of(each) is False for each in items):
        if isinstance(items, Maybe):
            countable(items)
        return False
    need(items)
    return True


def _any(items: list[Any]) -> bool:
    shape(items)
    if any(bool_of(each) for each in items):
        if isinstance(items, Maybe):
            countable(items)
        return True
    need(items)
    return False


def _set_product(*lists: Any) -> Any:
    if len(lists) < 2:
        raise Refused("it takes two lists or more")
    total, columns = 1, []
    for each in lists:
        countable(_items(each))
        total *= len(each)
        columns.append(each if isinstance(each, (List, Set)) else _column(each))
    if total * len(lists) > MAX_ITEMS:
        raise too_large()
    found = [list(each) for each in itertools.product(*columns)]
    return a_set(found) if any(isinstance(each, Set) for each in lists) else List(found)


def _column(items: list[Any]) -> list[Any]:
    """Return the elements of a tuple as those of a list."""
    try:
        return unified(items)
    except Unfit:
        if None in items:
            because = "Terraform converts its elements by the type of one that is null"
            raise Unknown(Unresolved(because, SETTLE_APPLY)) from None
        raise


def _sets(sets: tuple[Any, ...]) -> list[list[Any]]:
    """Return sets with elements of the one type that they have in common."""
    if not sets:
        raise Refused("it takes one set or more")
    for each in sets:
        shape(each)
    inner = common(type_of(each)[1] for each in sets)
    return [[convert(each, inner) for each in one] for one in sets]


def _union(*sets: Any) -> Set:
    return a_set(each for one in _sets(sets) for each in one)


def _intersection(*sets: Any) -> Set:
    first, *more = _sets(sets)
    marks = [{mark(each) for each in one} for one in more]
    return a_set(each for each in first if all(mark(each) in one for one in marks))


def _subtracted(first: Any, second: Any) -> Set:
    left, right = _sets((first, second))
    gone = {mark(each) for each in right}
    return a_set(each for each in left if mark(each) not in gone)


def _compact(items: list[Any]) -> List:
    need(items)
    return List(each for each in items if each not in (None, ""))


FUNCTIONS: dict[str, Function] = {
    "alltrue": looking(_all, "lb"),
    "anytrue": looking(_any, "lb"),
    "chunklist": partial(_chunks, "l n"),
    "coalescelist": partial(_coalesced, "", "a?"),
    "compact": looking(_compact, "ls"),
    "concat": partial(_concatenated, "", "a"),
    "contains": looking(_contains, "a a"),
    "distinct": looking(_distinct, "l"),
    "element": partial(_element, "a n"),
    "flatten": partial(_flattened, "a"),
    "index": looking(_index, "a a?"),
    "length": partial(_length, "a"),
    "list": partial(lambda *items: List(unified(list(items))), "", "a?"),
    "matchkeys": known(_matching, "l l l"),
    "one": partial(_one, "a"),
    "reverse": partial(_reversed, "a"),
    "setintersection": known(_intersection, "set", "set"),
    "setproduct": partial(_set_product, "", "a"),
    "setsubtract": known(_subtracted, "set set"),
    "setunion": partial(_union, "set", "set"),
    "slice": partial(_slice, "a n n"),
    "sort": known(_sorted, "ls"),
    "tolist": partial(lambda value: value, "l?"),
    "toset": partial(lambda value: value, "set?"),
}
