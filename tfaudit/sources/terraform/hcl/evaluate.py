"""What each kind of expression gives: plain values, `Unresolved` and `Reference` only where a part of it is unknown."""

from __future__ import annotations

import json
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl import arithmetic
from tfaudit.sources.terraform.hcl.arithmetic import Boundless
from tfaudit.sources.terraform.hcl.calls import call
from tfaudit.sources.terraform.hcl.conditions import condition
from tfaudit.sources.terraform.hcl.frame import Frame, Kinds, next_round
from tfaudit.sources.terraform.hcl.functions.signature import MAX_ITEMS, MAX_TEXT
from tfaudit.sources.terraform.hcl.gaps import json_with_gaps
from tfaudit.sources.terraform.hcl.loops import loop
from tfaudit.sources.terraform.hcl.operators import computed, equality
from tfaudit.sources.terraform.hcl.settling import settled
from tfaudit.sources.terraform.hcl.syntax import Expression, composed, source_text
from tfaudit.sources.terraform.hcl.values import (
    MEND,
    SETTLE_APPLY,
    Document,
    Failed,
    List,
    Maybe,
    Rest,
    Set,
    Typed,
    bool_of,
    is_known,
    listed,
    made_from,
    number_of,
    pairs,
    rewritten,
    shaped,
    text_of,
)


def _literal(expression: Expression, frame: Frame) -> Any:
    return expression[4]


def _bad(expression: Expression, frame: Frame) -> Any:
    return Unresolved(expression[4], SETTLE_APPLY, source_text(expression))


def _list(expression: Expression, frame: Frame) -> Any:
    return [frame.value(each) for each in expression[4]]


def _object(expression: Expression, frame: Frame) -> Any:
    result: dict[str, Any] = {}
    for key, value in expression[4]:
        name = settled(frame.value(key), frame)
        unknown = made_from([name], source_text(expression))
        if unknown is not None:
            return unknown
        if name is None or isinstance(name, (list, dict)):
            return Failed("a key is no text", MEND, source_text(expression))
        result[text_of(name)] = frame.value(value)
    return result


def _template(expression: Expression, frame: Frame) -> Any:
    parts = expression[4]
    if len(parts) == 1 and not isinstance(parts[0], str):
        return frame.value(parts[0])
    values = _part_values(parts, frame)
    written = source_text(expression)
    unknown = made_from(values, _unfolded(parts, values) or written.strip('"'))
    if unknown is not None:
        recovered = json_with_gaps(parts, values)
        if recovered is not None:
            return rewritten(recovered, unknown.expression)
        return unknown if isinstance(unknown, Failed) else Typed(*_told(unknown), type="string")
    return _text(values, frame, written)


def _unfolded(parts: list[Any], values: list[Any]) -> str:
    """Return a template with the known parts of the ARNs that are put into it; "" where there are none."""
    if not any(map(shaped, values)):
        return ""
    return "".join(
        part if isinstance(part, str) else value.expression if shaped(value) else f"${{{source_text(part)}}}"
        for part, value in zip(parts, values, strict=True)
    )


def _text(values: list[Any], frame: Frame, written: str) -> Any:
    """Return known parts as one text."""
    if any(value is None or isinstance(value, (dict, list)) for value in values):
        return Failed("null or a collection stands inside a string", MEND, written)
    try:
        text = composed("".join(map(text_of, values)))
    except Boundless:
        return Unresolved("a number is too large", SETTLE_APPLY, written)
    frame.scope.run.steps -= len(text) // 32
    return text if len(text) <= MAX_TEXT else Unresolved("the text is too long", SETTLE_APPLY, written)


def _part_values(parts: list[Any], frame: Frame) -> list[Any]:
    return [part if isinstance(part, str) else settled(frame.value(part), frame) for part in parts]


def _joined(parts: list[Any], frame: Frame, written: str) -> Any:
    values = _part_values(parts, frame)
    unknown = made_from(values, written)
    return _text(values, frame, written) if unknown is None else unknown


def _branch(expression: Expression, frame: Frame) -> Any:
    test, then, otherwise = expression[4:]
    written = source_text(expression)
    value = settled(frame.value(test), frame)
    known = bool_of(value)
    if known is None:
        return made_from([value], written) or Failed(
            "its condition is neither true nor false", SETTLE_APPLY, written
        )
    return _joined(then if known else otherwise, frame, written)


def _repeat(expression: Expression, frame: Frame) -> Any:
    key_name, value_name, collection, parts = expression[4:]
    written = source_text(expression)
    items = settled(frame.value(collection), frame)
    if not isinstance(items, (dict, list)):
        return made_from([items], written) or Failed(
            "it iterates over what is no collection", SETTLE_APPLY, written
        )
    texts: list[str] = []
    size = 0
    if len(items) > MAX_ITEMS:
        return Unresolved("it has too many elements", SETTLE_APPLY, written)
    for key, value in pairs(items):
        if (enough := next_round(frame, written)) is not None:
            return enough
        text = _joined(parts, frame.within({key_name: key, value_name: value}), written)
        if isinstance(text, Unresolved):
            return text
        texts.append(text)
        size += len(text)
        if size > MAX_TEXT:
            break
    return _text(list(texts), frame, written)


def _ref(expression: Expression, frame: Frame) -> Any:
    value, steps = frame.name(expression[4], expression[5])
    value = _walk(value, steps, frame)
    if isinstance(value, Unresolved):
        return rewritten(value, source_text(expression))
    return value


def _access(expression: Expression, frame: Frame) -> Any:
    return _walk(frame.value(expression[4]), expression[5], frame)


def _walk(value: Any, steps: tuple[tuple[str, Any], ...], frame: Frame) -> Any:
    """Return what `steps` lead to from `value`."""
    for at, (kind, step) in enumerate(steps):
        if kind == "splat":
            if isinstance(value, Unresolved):
                return Unresolved(*_told(value))
            items = listed(value) if isinstance(value, list) else [] if value is None else [value]
            inner = [each if isinstance(each, Rest) else _walk(each, step, frame) for each in items]
            kind_ = (
                type(value) if isinstance(value, (Maybe, List)) else List if isinstance(value, Set) else list
            )
            return _walk(kind_(inner), steps[at + 1 :], frame)
        key = step if kind == "attr" else settled(frame.value(step), frame)
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
        return _part_of(value, key)
    if isinstance(key, (Unresolved, Reference)):
        return _any_of(value, key)
    if isinstance(value, dict):
        name = text_of(key)
        return value[name] if name in value else Failed(f'there is no "{name}"', MEND)
    if isinstance(value, list):
        return _element(value, key, frame)
    output = getattr(value, "output", None)
    if output is not None:
        return output(key)
    return Failed(f'there is no "{key}"', MEND)


def _part_of(value: Unresolved, key: Any) -> Unresolved:
    """Return a part of what is not known: its type may be known."""
    if isinstance(value, Rest):
        return Unresolved(*_told(value))
    if isinstance(value, Document):
        return Failed("a text has no attributes or elements", MEND)
    if not isinstance(value, Typed):
        return value
    type_ = value.type
    named = isinstance(key, str) and number_of(key) is None
    if type_ in ("string", "number", "bool") or type_[0] == "set" or (type_[0] == "list" and named):
        return Failed("it has no attributes or elements", MEND)
    if type_[0] == "object" and is_known(key):
        found = type_[1].get(text_of(key))
        return Failed(f'there is no "{key}"', MEND) if found is None else Typed(*_told(value), type=found[0])
    return Typed(*_told(value), type=type_[1]) if type_[0] in ("list", "map") else Unresolved(*_told(value))


def _told(value: Unresolved) -> tuple[str, str, str, bool]:
    return value.because, value.settle_with, value.expression, value.literal


def _element(value: list[Any], key: Any, frame: Frame) -> Any:
    if isinstance(value, Set):
        return Failed("the elements of a set have no index", MEND)
    index = None if isinstance(key, (list, dict)) else number_of(key)
    if isinstance(index, int) and 0 <= index < len(value):
        before = next((each for each in value[: index + 1] if isinstance(each, Rest)), None)
        return value[index] if before is None else Unresolved(before.because, before.settle_with)
    instance = len(value) == 1 and (isinstance(value[0], Reference) or hasattr(value[0], "output"))
    if instance and isinstance(key, str) and index is None:  # as Terraform 0.11 wrote it
        return get(value[0], key, frame)
    return Failed(f"there is no element {key}", MEND)


def _any_of(value: Any, key: Unresolved | Reference) -> Any:
    """Return an element of a collection where which one is not known."""
    items = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if items and all(isinstance(each, Reference) and not each.attribute for each in items):
        return Reference(items[0].address.rpartition("[")[0] or items[0].address)
    return made_from([key], str(key))


def _not(expression: Expression, frame: Frame) -> Any:
    value = settled(frame.value(expression[4]), frame)
    known = bool_of(value)
    if known is not None:
        return not known
    return made_from([value], source_text(expression)) or Failed("it is neither true nor false", MEND)


def _neg(expression: Expression, frame: Frame) -> Any:
    value = settled(frame.value(expression[4]), frame)
    known = number_of(value)
    if known is not None:
        return arithmetic.negated(known)
    return made_from([value], source_text(expression)) or Failed("it is no number", MEND)


def _op(expression: Expression, frame: Frame) -> Any:
    sign = expression[4]
    left = settled(frame.value(expression[5]), frame)
    if sign in ("&&", "||"):
        decided = sign == "||"
        if isinstance(left, Failed) or (is_known(left) and bool_of(left) is None):
            return Failed("it is neither true nor false", MEND, source_text(expression))
        # Terraform looks at both sides up to 1.11, and at the second where it decides from 1.12 on.
        if bool_of(left) is decided:
            return decided
        right = settled(frame.value(expression[6]), frame)
        if bool_of(right) is decided:
            return decided
        unknown = made_from([left, right], source_text(expression))
        if unknown is None and bool_of(right) is None:
            return Failed("it is neither true nor false", MEND, source_text(expression))
        return (not decided) if unknown is None else unknown
    right = settled(frame.value(expression[6]), frame)
    if sign in ("==", "!="):
        return equality(sign, left, right, source_text(expression))
    unknown = made_from([left, right], source_text(expression))
    if unknown is not None:
        return unknown
    return computed(sign, left, right, source_text(expression))


KINDS: Kinds = {
    "lit": _literal,
    "bad": _bad,
    "list": _list,
    "object": _object,
    "template": _template,
    "branch": _branch,
    "repeat": _repeat,
    "ref": _ref,
    "access": _access,
    "if": condition,
    "not": _not,
    "neg": _neg,
    "op": _op,
    "for": loop,
    "call": call,
}
"""What gives the value of each kind of expression."""
