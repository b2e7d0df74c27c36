"""Comparisons and truth, three-valued.

learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison and template-functions-logical
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import REDACTED
from tfaudit.sources.arm.functions.signature import MANY, Function, Table, Wrong, text
from tfaudit.sources.arm.values import BROUGHT, LIVE, called, not_told

_SECRET = "it is compared with a secret, which is not looked at"


def equal(one: Any, other: Any) -> Any:
    """Return whether two values are the same; why it is not known where a part decides that is not."""
    for each in (one, other):
        if isinstance(each, (Unresolved, Reference)):
            return not_told(each, called("equals", [one, other]))
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return False
        return _all(equal(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        return _all(equal(one[name], other[name]) for name in one)
    if REDACTED in (one, other) and isinstance(one, str) and isinstance(other, str) and one and other:
        return Unresolved(_SECRET, LIVE)
    return _same_scalar(one, other)


def _same_scalar(one: Any, other: Any) -> Any:
    """Return whether two scalars are the same; texts that the deployment completes may turn out so."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if one != other and any(isinstance(each, str) and "${" in each for each in (one, other)):
        return Unresolved(BROUGHT, LIVE, called("equals", [one, other]))
    return bool(one == other)


def _all(answers: Any) -> Any:
    unclear: Any = None
    for each in answers:
        if each is False:
            return False
        if each is not True:
            unclear = unclear or each
    return True if unclear is None else unclear


def _decided(by: bool, name: str, arguments: tuple[Any, ...]) -> Any:
    """Return Kleene's "or" (`by` true) or "and": one value decides, whatever is not known of the others."""
    unclear: Any = None
    for each in arguments:
        if each is by:
            return by
        if isinstance(each, (Unresolved, Reference)):
            unclear = unclear or each
        elif not isinstance(each, bool):
            raise Wrong(f"a truth value is expected, not {str(each)[:40]}")
    return (not by) if unclear is None else not_told(unclear, called(name, arguments))


def negated(value: Any) -> Any:
    """Return the opposite of a truth value."""
    if not isinstance(value, bool):
        raise Wrong(f"a truth value is expected, not {str(value)[:40]}")
    return not value


def as_bool(value: Any) -> bool:
    """Return the truth value of a text or number."""
    if isinstance(value, (bool, int)):
        return bool(value)
    word = text(value).lower()
    if word not in ("true", "false", "1", "0"):
        raise Wrong(f"{word[:40]!r} is neither true nor false")
    return word in ("true", "1")


def _compared(one: Any, other: Any) -> int:
    if isinstance(one, str) and isinstance(other, str):
        return (one.lower() > other.lower()) - (one.lower() < other.lower())
    for each in (one, other):
        if isinstance(each, bool) or not isinstance(each, (int, float)):
            raise Wrong("two numbers or two texts are expected")
    return int(one > other) - int(one < other)


def _same_word(one: Any, other: Any) -> Any:
    if REDACTED in (one, other):
        return not_seen("equalsIgnoreCase", one, other)
    return _same_scalar(text(one).lower(), text(other).lower())


def holds(whole: str, part: str) -> Any:
    """Return whether a text has a part; one that the deployment completes may turn out to have it."""
    if is_open(part) or (is_open(whole) and part not in closed(whole)):
        return not_seen("contains", whole, part)
    return part in whole


def is_open(text_: Any) -> bool:
    """Whether a text is not known in all its characters: a deployment completes it, or it is a secret."""
    return isinstance(text_, str) and ("${" in text_ or REDACTED in text_)


def not_seen(name: str, *arguments: Any) -> Unresolved:
    """Return what stands for a function of texts of which one is not known in all its characters."""
    secret = any(isinstance(each, str) and REDACTED in each for each in arguments)
    return Unresolved(_SECRET if secret else BROUGHT, LIVE, called(name, arguments))


def closed(text_: str) -> str:
    """Return what is known of a text, its expressions and secrets left out: of each of them a line's end is left."""
    text_ = text_.replace(REDACTED, "${}")
    found: list[str] = []
    depth = 0
    for at, each in enumerate(text_):
        if each == "{" and (depth or text_[at - 1 : at] == "$"):
            depth += 1
        elif each == "}" and depth:
            depth -= 1
            found += [] if depth else ["\n"]
        elif not depth and text_[at : at + 2] != "${":
            found.append(each)
    return "".join(found)


TABLE: Table = {
    "and": Function(
        lambda *arguments: _decided(False, "and", arguments),
        1,
        MANY,
        "nothing",
        lambda first: first[-1] is False,
    ),
    "bool": Function(as_bool, 1, 1),
    "equals": Function(equal, 2, 2, "nothing"),
    "equalsignorecase": Function(_same_word, 2, 2),
    "false": Function(lambda: False, 0, 0),
    "greater": Function(lambda one, other: _compared(one, other) > 0, 2, 2),
    "greaterorequals": Function(lambda one, other: _compared(one, other) >= 0, 2, 2),
    "less": Function(lambda one, other: _compared(one, other) < 0, 2, 2),
    "lessorequals": Function(lambda one, other: _compared(one, other) <= 0, 2, 2),
    "not": Function(negated, 1, 1),
    "null": Function(lambda: None, 0, 0),
    "or": Function(
        lambda *arguments: _decided(True, "or", arguments),
        1,
        MANY,
        "nothing",
        lambda first: first[-1] is True,
    ),
    "true": Function(lambda: True, 0, 0),
}
