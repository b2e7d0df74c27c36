"""Function calls in expressions: which of them see unknown arguments, and what they make of these."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from tfaudit.resources import Unresolved
from tfaudit.sources.terraform.encoding import encoded
from tfaudit.sources.terraform.evaluate import Frame, evaluate, settled
from tfaudit.sources.terraform.functions import (
    COUNTING,
    FUNCTIONS,
    MAX_ITEMS,
    MAX_TEXT,
    PARTIAL,
    READS_OUTSIDE,
    Inapplicable,
)
from tfaudit.sources.terraform.syntax import Expression, source_text
from tfaudit.sources.terraform.values import (
    SETTLE_APPLY,
    Failed,
    Maybe,
    Opaque,
    Rest,
    is_known,
    made_from,
    unknowns,
)

_MEND = "mend the expression"


def call(expression: Expression, frame: Frame) -> Any:
    """Return the value of a function call."""
    name, nodes, spread = expression[4:]
    special = _SPECIAL.get(name)
    if special is not None:
        return special(expression, nodes, frame)
    written = source_text(expression)
    if name in READS_OUTSIDE:
        return Unresolved(
            f"{name}() is not evaluated: it depends on more than the code", SETTLE_APPLY, written
        )
    arguments = [evaluate(each, frame) for each in nodes]
    if spread and arguments:
        last = arguments.pop()
        if not isinstance(last, list):
            return made_from([last], written) or Failed("it spreads what is no list", _MEND, written)
        arguments += last
    try:
        return _applied(name, arguments, frame, written)
    except Inapplicable:
        return Opaque(f"{name}() is not evaluated for these arguments", SETTLE_APPLY, written)
    except (TypeError, ValueError, KeyError, IndexError, OverflowError):
        return Failed(f"{name}() does not take these arguments", _MEND, written)


def _applied(name: str, arguments: list[Any], frame: Frame, written: str) -> Any:
    alone = _alone(name, arguments, frame)
    if alone is not None:
        return alone
    partial = PARTIAL.get(name)
    if partial is not None and _shaped(name, arguments):
        return _bounded(partial(*arguments), written)
    known = settled(arguments, frame)
    unknown = made_from(known, written)
    if unknown is not None:
        return unknown
    function = FUNCTIONS.get(name) or partial
    if function is None:
        return Opaque(f"{name}() is not evaluated here", SETTLE_APPLY, written)
    return _bounded(function(*known), written)


def _alone(name: str, arguments: list[Any], frame: Frame) -> Any:
    """Return the one element of `one(x[*].id)` where an `x` may exist, for what may itself exist: they go together.

    `join("", x[*].id)` was the way to write it before there was `one`. None for anything else.
    """
    if name == "join" and len(arguments) == 2 and arguments[0] == "":
        arguments = arguments[1:]
    elif name != "one":
        return None
    if not arguments or not isinstance(arguments[0], Maybe) or len(arguments[0]) != 1:
        return None
    count = frame.names.get("count")
    return arguments[0][0] if isinstance(count, dict) and count.get("maybe") else None


def _shaped(name: str, arguments: list[Any]) -> bool:
    """Whether a partial function can work on arguments of which parts are unknown."""
    if name == "concat":
        return any(isinstance(each, list) for each in arguments)
    if not all(each is None or isinstance(each, (str, int, float, list, dict)) for each in arguments):
        return False
    if name in COUNTING and isinstance(arguments[0], Maybe):
        return False
    if name in COUNTING and any(
        isinstance(each, Rest) for each in (arguments[0] if isinstance(arguments[0], list) else ())
    ):
        return False
    return name != "zipmap" or is_known(arguments[0])


def _bounded(value: Any, written: str) -> Any:
    if (isinstance(value, (list, dict)) and len(value) > MAX_ITEMS) or (
        isinstance(value, str) and len(value) > MAX_TEXT
    ):
        return Unresolved("the value is too large", SETTLE_APPLY, written)
    return value


def _try(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    value: Any = Failed("no argument of try() has a value", _MEND, source_text(expression))
    for each in nodes:
        value = evaluate(each, frame)
        if not any(isinstance(part, Failed) for part in unknowns(value)):
            return value
    return value


def _can(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    value = evaluate(nodes[0], frame) if nodes else None
    if any(isinstance(part, Failed) for part in unknowns(value)):
        return False
    return made_from([value], source_text(expression)) or True


def _coalesce(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    for each in nodes:
        value = evaluate(each, frame)
        if isinstance(value, Unresolved):
            return type(value)(value.because, value.settle_with, source_text(expression))
        if value not in (None, ""):
            return value
    return Failed("no argument of coalesce() has a value", _MEND, source_text(expression))


def _json(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    """Return JSON text where all is known, and the document itself with its unknown parts where not."""
    value = evaluate(nodes[0], frame) if nodes else None
    resolved = settled(value, frame)
    if is_known(resolved) and is_known(value):
        return encoded(value)
    return value


def _base_name(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    """Return the last part of a path; that of `path.cwd` is the root's, where Terraform is run by custom."""
    if nodes and nodes[0][0] == "ref" and nodes[0][4] == "path" and nodes[0][5] == (("attr", "cwd"),):
        scope = frame.scope
        while scope.call is not None:
            scope = scope.call[1].scope
        if scope.module.folder:
            return posixpath.basename(scope.module.folder)
    value = settled(evaluate(nodes[0], frame), frame) if nodes else ""
    return made_from([value], source_text(expression)) or posixpath.basename(str(value).rstrip("/"))


_SPECIAL: dict[str, Callable[[Expression, list[Expression], Frame], Any]] = {
    "try": _try,
    "can": _can,
    "coalesce": _coalesce,
    "jsonencode": _json,
    "basename": _base_name,
}
