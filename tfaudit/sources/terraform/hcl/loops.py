"""`for` expressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.frame import Frame, next_round
from tfaudit.sources.terraform.hcl.functions.signature import MAX_ITEMS
from tfaudit.sources.terraform.hcl.settling import settled
from tfaudit.sources.terraform.hcl.syntax import Expression, source_text
from tfaudit.sources.terraform.hcl.values import (
    MEND,
    SETTLE_APPLY,
    Failed,
    Maybe,
    Rest,
    bool_of,
    is_known,
    made_from,
    pairs,
    text_of,
)


def loop(expression: Expression, frame: Frame) -> Any:
    """Return the value of a `for` expression."""
    collection, written = expression[6], source_text(expression)
    items = frame.value(collection)
    if not isinstance(items, (dict, list)):
        return made_from([settled(items, frame)], written) or Failed(
            "it iterates over what is no collection", MEND, written
        )
    if len(items) > MAX_ITEMS:
        return Unresolved("it has too many elements", SETTLE_APPLY, written)
    if expression[7] is None:
        return _for_list(expression, items, frame)
    if isinstance(items, Maybe):
        return made_from([items], written)
    return _for_object(expression, items, frame)


def _kept(expression: Expression, items: Any, frame: Frame) -> Iterator[tuple[Any, Frame, Unresolved | None]]:
    """Yield the elements that a `for` keeps with their frames; last, why it is not known whether one is kept."""
    key_name, value_name, test = expression[4], expression[5], expression[9]
    written = source_text(expression)
    for key, value in pairs(items):
        inner = frame.within({key_name: key, value_name: value} if key_name else {value_name: value})
        if (enough := next_round(frame, written)) is not None:
            yield value, inner, enough
            return
        kept = True if test is None else settled(inner.value(test), inner)
        known = bool_of(kept)
        if known is None:
            because = made_from([kept], written)
            yield value, inner, because or Failed("its condition is neither true nor false", MEND)
            return
        if known:
            yield value, inner, None


def _for_list(expression: Expression, items: Any, frame: Frame) -> Any:
    found: list[Any] = []
    for value, inner, unknown in _kept(expression, items, frame):
        if unknown is not None:
            return unknown
        result = inner.value(expression[8])
        # Of elements of which the number is not known, neither is that of the results.
        found.append(Rest(value.because, value.settle_with) if isinstance(value, Rest) else result)
    return Maybe(found) if isinstance(items, Maybe) else found


def _for_object(expression: Expression, items: Any, frame: Frame) -> Any:
    keyed: dict[str, Any] = {}
    written, grouped = source_text(expression), expression[10]
    for value, inner, unknown in _kept(expression, items, frame):
        if unknown is not None:
            return unknown
        name = settled(inner.value(expression[7]), inner)
        if not is_known(name):
            return made_from([name], written)
        if name is None or isinstance(name, (list, dict)):
            return Failed("a key is no text", MEND, written)
        if isinstance(value, Rest):
            return made_from([value], written)
        key = text_of(name)
        if grouped:
            keyed.setdefault(key, []).append(inner.value(expression[8]))
        elif key in keyed:
            return Failed(f'two elements have the key "{key}"', MEND, written)
        else:
            keyed[key] = inner.value(expression[8])
    return keyed
