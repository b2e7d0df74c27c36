"""Conditions: which result is chosen, and the type that it has in common with the other one."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import may_be_literal
from tfaudit.sources.terraform.hcl.conversion import Unfit, common, convert, equal, type_of
from tfaudit.sources.terraform.hcl.frame import Frame
from tfaudit.sources.terraform.hcl.functions.signature import MAX_ITEMS
from tfaudit.sources.terraform.hcl.settling import settled, survey
from tfaudit.sources.terraform.hcl.syntax import Expression, source_text
from tfaudit.sources.terraform.hcl.values import (
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
    test = settled(frame.value(expression[4]), frame)
    known = bool_of(test)
    if known is not None:
        frame.scope.run.chosen[id(frame.scope), id(expression)] = 5 if known else 6
        chosen = frame.value(expression[5 if known else 6])
        return _alike(chosen, expression[6 if known else 5], frame)
    frame.scope.run.chosen.pop((id(frame.scope), id(expression)), None)
    then, otherwise = frame.value(expression[5]), frame.value(expression[6])
    if is_known(then) and is_known(otherwise) and equal(then, otherwise):
        return then
    written = source_text(expression)
    unknown = made_from([test], written)
    if unknown is not None and not isinstance(unknown, Failed):
        unknown = replace(unknown, literal=any(map(may_be_literal, (then, otherwise))))
    if unknown is None:
        return Failed("its condition is neither true nor false", SETTLE_APPLY, written)
    if isinstance(unknown, Failed) or typeless(then) or typeless(otherwise):
        return unknown
    if any(isinstance(each, (list, dict)) and not _small(each) for each in (then, otherwise)):
        return unknown
    return _of_both(unknown, then, otherwise)


def _of_both(unknown: Unresolved, then: Any, otherwise: Any) -> Unresolved:
    """Return one of two results, of which it is not known which, with the type that they have in common."""
    stated = (unknown.because, unknown.settle_with, unknown.expression, unknown.literal)
    try:
        return Typed(*stated, common([type_of(then), type_of(otherwise)]))
    except Unfit:
        certain = all(isinstance(each, Typed) or is_known(each) for each in (then, otherwise))
        return (
            Failed(_UNLIKE, MEND, unknown.expression)
            if certain and not _open(then) and not _open(otherwise)
            else unknown
        )


def _alike(chosen: Any, other: Expression, frame: Frame) -> Any:
    """Return the chosen result of a condition, converted to the type that both results have in common."""
    if isinstance(chosen, str) and other[0] in ("list", "object"):
        return Failed(_UNLIKE, MEND, source_text(other))
    plain = isinstance(chosen, str) and not frame.scope.run.trying
    if plain or typeless(chosen) or (other[0] == "lit" and type(other[4]) is type(chosen)):
        return chosen
    value = frame.value(other)
    if isinstance(value, Failed) and other[0] == "template" and len(other[4]) > 1:
        value = Typed("", "", "", type="string")  # whatever is in it, it is a text
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
