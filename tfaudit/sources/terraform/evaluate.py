"""Evaluates expressions to plain values, with `Unresolved` and `Reference` where, and only where, a part is unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tfaudit.resources import Reference, Unresolved
from tfaudit.sources.terraform.functions import (
    MAX_ITEMS,
    MAX_TEXT,
    same,
)
from tfaudit.sources.terraform.gaps import json_with_gaps
from tfaudit.sources.terraform.syntax import Expression, source_text
from tfaudit.sources.terraform.values import (
    SETTLE_APPLY,
    Failed,
    Maybe,
    Opaque,
    Rest,
    bool_of,
    is_known,
    made_from,
    number_of,
    text_of,
)

if TYPE_CHECKING:
    from tfaudit.sources.terraform.scopes import Scope

MAX_DEPTH = 400


class Exhausted(Exception):
    """A root takes more steps to evaluate than is allowed."""


class Frame:
    """Where an expression is evaluated: a module's scope, and the names that hold there (`each`, iterators ...)."""

    __slots__ = ("names", "scope")

    def __init__(self, scope: Scope, names: dict[str, Any]) -> None:
        """Bind a scope and names."""
        self.scope = scope
        self.names = names

    def within(self, names: dict[str, Any]) -> Frame:
        """Return a frame with more names."""
        return Frame(self.scope, {**self.names, **names})


def evaluate(expression: Expression, frame: Frame) -> Any:
    """Return the value of `expression`; `Exhausted` when the root has used up its steps."""
    run = frame.scope.run
    run.steps -= 1
    if run.steps < 0:
        raise Exhausted
    run.depth += 1
    try:
        if run.depth > MAX_DEPTH:
            return Unresolved("its expression is nested too deeply", SETTLE_APPLY, source_text(expression))
        return _KINDS[expression[0]](expression, frame)
    finally:
        run.depth -= 1


def _literal(expression: Expression, frame: Frame) -> Any:
    return expression[4]


def _bad(expression: Expression, frame: Frame) -> Any:
    return Unresolved(expression[4], SETTLE_APPLY, source_text(expression))


def _list(expression: Expression, frame: Frame) -> Any:
    return [evaluate(each, frame) for each in expression[4]]


def _object(expression: Expression, frame: Frame) -> Any:
    result: dict[str, Any] = {}
    for key, value in expression[4]:
        name = settled(evaluate(key, frame), frame)
        unknown = made_from([name], source_text(expression))
        if unknown is not None:
            return unknown
        result[text_of(name)] = evaluate(value, frame)
    return result


def _template(expression: Expression, frame: Frame) -> Any:
    parts = expression[4]
    if len(parts) == 1:
        return evaluate(parts[0], frame)
    values = _part_values(parts, frame)
    written = source_text(expression)
    unknown = made_from(values, written.strip('"'))
    if unknown is not None:
        recovered = json_with_gaps(parts, values)
        return unknown if recovered is None else recovered
    if any(isinstance(value, (dict, list)) for value in values):
        return Failed("a collection stands inside a string", "mend the expression", written)
    text = "".join(map(text_of, values))
    return text if len(text) <= MAX_TEXT else Unresolved("the text is too long", SETTLE_APPLY, written)


def _part_values(parts: list[Any], frame: Frame) -> list[Any]:
    return [part if isinstance(part, str) else settled(evaluate(part, frame), frame) for part in parts]


def _joined(parts: list[Any], frame: Frame, written: str) -> Any:
    values = _part_values(parts, frame)
    return made_from(values, written) or "".join(map(text_of, values))


def _branch(expression: Expression, frame: Frame) -> Any:
    test, then, otherwise = expression[4:]
    written = source_text(expression)
    value = settled(evaluate(test, frame), frame)
    known = bool_of(value)
    if known is None:
        return made_from([value], written) or Failed(
            "its condition is neither true nor false", SETTLE_APPLY, written
        )
    return _joined(then if known else otherwise, frame, written)


def _repeat(expression: Expression, frame: Frame) -> Any:
    key_name, value_name, collection, parts = expression[4:]
    written = source_text(expression)
    items = settled(evaluate(collection, frame), frame)
    if not isinstance(items, (dict, list)):
        return made_from([items], written) or Failed(
            "it iterates over what is no collection", SETTLE_APPLY, written
        )
    texts = []
    for key, value in _pairs(items)[:MAX_ITEMS]:
        text = _joined(parts, frame.within({key_name: key, value_name: value}), written)
        if isinstance(text, Unresolved):
            return text
        texts.append(text)
    return "".join(texts)


def _pairs(items: dict[str, Any] | list[Any]) -> list[tuple[Any, Any]]:
    """Return keys with values as Terraform iterates: maps by their sorted keys."""
    return (
        sorted(items.items(), key=lambda pair: pair[0]) if isinstance(items, dict) else list(enumerate(items))
    )


def _ref(expression: Expression, frame: Frame) -> Any:
    name, steps = expression[4], expression[5]
    if name in frame.names:
        value = frame.names[name]
    else:
        value, steps = frame.scope.name(name, steps)
    value = _walk(value, steps, frame)
    if isinstance(value, Unresolved):
        return _written(value, source_text(expression))
    return value


def _written(value: Unresolved, text: str) -> Unresolved:
    return value if value.expression == text else type(value)(value.because, value.settle_with, text)


def _access(expression: Expression, frame: Frame) -> Any:
    return _walk(evaluate(expression[4], frame), expression[5], frame)


def _walk(value: Any, steps: tuple[tuple[str, Any], ...], frame: Frame) -> Any:
    """Return what `steps` lead to from `value`."""
    for at, (kind, step) in enumerate(steps):
        if kind == "splat":
            if isinstance(value, Unresolved):
                return value
            items = value if isinstance(value, list) else [] if value is None else [value]
            inner = [_walk(each, step, frame) for each in items]
            return _walk(Maybe(inner) if isinstance(value, Maybe) else inner, steps[at + 1 :], frame)
        key = step if kind == "attr" else settled(evaluate(step, frame), frame)
        if kind == "index" and hasattr(value, "output"):
            continue  # an instance of a module of which the instances are not known
        pointer = kind == "index" and isinstance(value, Reference) and not value.attribute
        value = _instance(value, key) if pointer else get(value, key, frame)
    return value


def _instance(reference: Reference, key: Any) -> Reference:
    """Return one instance of a resource of which the instances are not known, or which is declared elsewhere."""
    if reference.address.endswith("]") or not is_known(key):
        return reference
    return Reference(f"{reference.address}[{json.dumps(key)}]")


def get(value: Any, key: Any, frame: Frame) -> Any:
    """Return the attribute or element `key` of `value`."""
    if isinstance(value, Reference):
        return frame.scope.run.attribute(value, key)
    if isinstance(value, Unresolved):
        rest = isinstance(value, Rest)
        return Unresolved(value.because, value.settle_with, value.expression) if rest else value
    if isinstance(key, (Unresolved, Reference)):
        return _any_of(value, key)
    if isinstance(value, dict):
        name = text_of(key)
        return value[name] if name in value else Failed(f'there is no "{name}"', "mend the expression")
    if isinstance(value, list):
        return _element(value, key, frame)
    output = getattr(value, "output", None)
    if output is not None:
        return output(key)
    return Failed(f'there is no "{key}"', "mend the expression")


def _element(value: list[Any], key: Any, frame: Frame) -> Any:
    index = number_of(key)
    if isinstance(index, int) and 0 <= index < len(value):
        before = next((each for each in value[: index + 1] if isinstance(each, Rest)), None)
        return value[index] if before is None else Unresolved(before.because, before.settle_with)
    if len(value) == 1 and isinstance(key, str) and index is None:
        return get(value[0], key, frame)
    return Failed(f"there is no element {key}", "mend the expression")


def _any_of(value: Any, key: Unresolved | Reference) -> Any:
    """Return an element of a collection where which one is not known."""
    items = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if items and all(isinstance(each, Reference) and not each.attribute for each in items):
        return Reference(items[0].address.rpartition("[")[0] or items[0].address)
    return made_from([key], str(key))


def settled(value: Any, frame: Frame) -> Any:
    """Return `value` with references replaced by what their target declares, where it declares a literal."""
    if isinstance(value, Reference):
        return frame.scope.run.declared(value)
    if isinstance(value, list):
        return [settled(each, frame) for each in value]
    if isinstance(value, dict):
        return {key: settled(each, frame) for key, each in value.items()}
    return value


def _if(expression: Expression, frame: Frame) -> Any:
    test = settled(evaluate(expression[4], frame), frame)
    known = bool_of(test)
    if known is not None:
        return evaluate(expression[5] if known else expression[6], frame)
    then, otherwise = evaluate(expression[5], frame), evaluate(expression[6], frame)
    if is_known(then) and is_known(otherwise) and same(then, otherwise):
        return then
    written = source_text(expression)
    if isinstance(test, Opaque):
        return made_from([then, otherwise], written) or Opaque(test.because, test.settle_with, written)
    return made_from([test], written) or Failed(
        "its condition is neither true nor false", SETTLE_APPLY, written
    )


def _not(expression: Expression, frame: Frame) -> Any:
    value = settled(evaluate(expression[4], frame), frame)
    known = bool_of(value)
    if known is not None:
        return not known
    return made_from([value], source_text(expression)) or Failed(
        "it is neither true nor false", "mend the expression"
    )


def _neg(expression: Expression, frame: Frame) -> Any:
    value = settled(evaluate(expression[4], frame), frame)
    known = number_of(value)
    if known is not None:
        return -known
    return made_from([value], source_text(expression)) or Failed("it is no number", "mend the expression")


def _op(expression: Expression, frame: Frame) -> Any:
    sign = expression[4]
    left = settled(evaluate(expression[5], frame), frame)
    if sign in ("&&", "||"):
        decided = sign == "||"
        if bool_of(left) is decided:
            return decided
        right = settled(evaluate(expression[6], frame), frame)
        if bool_of(right) is decided:
            return decided
        unknown = made_from([left, right], source_text(expression))
        return (not decided) if unknown is None else unknown
    right = settled(evaluate(expression[6], frame), frame)
    if sign in ("==", "!="):
        return _equality(sign, left, right, expression)
    unknown = made_from([left, right], source_text(expression))
    if unknown is not None:
        return unknown
    first, second = number_of(left), number_of(right)
    if first is None or second is None:
        return Failed("it computes with what is no number", "mend the expression", source_text(expression))
    try:
        return _ARITHMETIC[sign](first, second)
    except (ZeroDivisionError, OverflowError):
        return Failed("it divides by zero", "mend the expression", source_text(expression))


def _equality(sign: str, left: Any, right: Any, expression: Expression) -> Any:
    for one, other in ((left, right), (right, left)):
        # What a provider gives out as an id or ARN is neither null nor empty.
        if isinstance(one, Reference) and other in (None, ""):
            return sign == "!="
        # An object or list is not null, whatever is in it.
        if other is None and isinstance(one, (dict, list)):
            return sign == "!="
    unknown = made_from([left, right], source_text(expression))
    if unknown is not None:
        return unknown
    return same(left, right) is (sign == "==")


def _divided(first: float, second: float) -> float:
    value = first / second
    return int(value) if value.is_integer() else value


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divided,
    "%": lambda a, b: a - b * int(a / b),
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def _for(expression: Expression, frame: Frame) -> Any:
    key_name, value_name, collection, key_result, result, test, grouped = expression[4:]
    written = source_text(expression)
    items = evaluate(collection, frame)
    if not isinstance(items, (dict, list)):
        return made_from([settled(items, frame)], written) or Failed(
            "it iterates over what is no collection", "mend the expression", written
        )
    if len(items) > MAX_ITEMS:
        return Unresolved("it has too many elements", SETTLE_APPLY, written)
    found: list[Any] = []
    keyed: dict[str, Any] = {}
    for key, value in _pairs(items):
        inner = frame.within({key_name: key, value_name: value} if key_name else {value_name: value})
        kept = True if test is None else settled(evaluate(test, inner), inner)
        if bool_of(kept) is None:
            return made_from([kept], written) or Failed(
                "its condition is neither true nor false", SETTLE_APPLY, written
            )
        if not bool_of(kept):
            continue
        if key_result is None:
            found.append(evaluate(result, inner))
            continue
        name = settled(evaluate(key_result, inner), inner)
        if not is_known(name):
            return made_from([name], written)
        if grouped:
            keyed.setdefault(text_of(name), []).append(evaluate(result, inner))
        else:
            keyed[text_of(name)] = evaluate(result, inner)
    return found if key_result is None else keyed


def _call(expression: Expression, frame: Frame) -> Any:
    from tfaudit.sources.terraform.calls import call

    return call(expression, frame)


_KINDS: dict[str, Callable[[Expression, Frame], Any]] = {
    "lit": _literal,
    "bad": _bad,
    "list": _list,
    "object": _object,
    "template": _template,
    "branch": _branch,
    "repeat": _repeat,
    "ref": _ref,
    "access": _access,
    "if": _if,
    "not": _not,
    "neg": _neg,
    "op": _op,
    "for": _for,
    "call": _call,
}
