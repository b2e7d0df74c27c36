"""Conditions: which result is chosen, and the type that it has in common with the other one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tfaudit.sources.terraform.conversion import Unfit, common, convert, equal, type_of
from tfaudit.sources.terraform.evaluate import Frame, evaluate
from tfaudit.sources.terraform.functions.signature import MAX_ITEMS
from tfaudit.sources.terraform.settling import settled, survey
from tfaudit.sources.terraform.syntax import Expression, source_text
from tfaudit.sources.terraform.values import (
    MEND,
    SETTLE_APPLY,
    Failed,
    Map,
    Typed,
    bool_of,
    is_known,
    made_from,
    typeless,
)

_UNLIKE = "the results of a condition have no type in common"


def condition(expression: Expression, frame: Frame) -> Any:
    """Return the value of `test ? then : otherwise`."""
    test = settled(evaluate(expression[4], frame), frame)
    known = bool_of(test)
    if known is not None:
        chosen = evaluate(expression[5 if known else 6], frame)
        return _alike(chosen, expression[6 if known else 5], frame)
    then, otherwise = evaluate(expression[5], frame), evaluate(expression[6], frame)
    if is_known(then) and is_known(otherwise) and equal(then, otherwise):
        return then
    return made_from([test], source_text(expression)) or Failed(
        "its condition is neither true nor false", SETTLE_APPLY, source_text(expression)
    )


def _alike(chosen: Any, other: Expression, frame: Frame) -> Any:
    """Return the chosen result of a condition, converted to the type that both results have in common."""
    if isinstance(chosen, str) and other[0] in ("list", "object"):
        return Failed(_UNLIKE, MEND, source_text(other))
    plain = isinstance(chosen, str) and not frame.scope.run.trying
    if plain or typeless(chosen) or (other[0] == "lit" and type(other[4]) is type(chosen)):
        return chosen
    value = evaluate(other, frame)
    if isinstance(value, Failed) and other[0] == "template" and len(other[4]) > 1:
        value = Typed("", "", "", "string")  # whatever is in it, it is a text
    if typeless(value) or (isinstance(chosen, (list, dict)) and not (_small(chosen) and _small(value))):
        return chosen
    try:
        wanted = common([type_of(chosen), type_of(value)])
        if isinstance(chosen, Typed):
            return replace(chosen, type=wanted)
        return chosen if wanted == "any" else convert(chosen, wanted)
    except Unfit:
        certain = all(isinstance(each, Typed) or is_known(each) for each in (chosen, value))
        if certain and not _open(chosen) and not _open(value):
            return Failed(_UNLIKE, MEND, source_text(other))
        return chosen


def _open(value: Any) -> bool:
    """Whether an empty map of any type is in it, which goes with all objects."""
    if isinstance(value, Map) and not value:
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_open, inner))


def _small(value: Any) -> bool:
    return survey(value)[0] <= 10 * MAX_ITEMS
