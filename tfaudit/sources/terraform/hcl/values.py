"""The values of expressions: plain ones, and what to say where one is not known.

Terraform's kinds of collections are kept apart where it matters to what an expression gives: a plain `list` is a tuple,
a plain `dict` an object, and `List`, `Set` and `Map` have elements of one type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl import arithmetic
from tfaudit.sources.terraform.hcl.arithmetic import Number

SETTLE_VARIABLE = "pass --var-file, or scan the plan"
SETTLE_APPLY = "scan the plan or the live account"
MEND = "mend the expression"
ABSENT = object()
"""What stands for the value of a variable that nobody gives one."""


_PIECE = re.compile(r"\$\{[^{}]*\}")
# No other text is carried from expression to expression: an ARN and a range hold no secret.
_SHAPE = re.compile(r"arn:(?:[\w:/+=,.@*-]|\$\{[^{}]*\})+|\$\{[^{}]*\}/\d{1,3}")


class Failed(Unresolved, frozen=True):
    """A value that Terraform would refuse to compute: what `try` passes over."""


class Circular(Unresolved, frozen=True):
    """A value that is made from itself: Terraform refuses it."""


class Rest(Unresolved, frozen=True):
    """Elements of a list, how many is not known either."""


class Sensitive(Unresolved, frozen=True):
    """A value that the code marks as sensitive: it is known, and must not be shown."""


class Typed(Unresolved, frozen=True):
    """A value of which the type is known, as `conversion` writes types: what is beside it is converted to that."""

    type: Any = "any"


class Document(Unresolved, frozen=True):
    """A JSON text that is not known, of a document of which parts are known: those are kept for who reads it."""

    value: Any = None


class List(list[Any]):
    """Elements of one type, in order; `inner` is the type where there are none."""

    __slots__ = ("inner",)


class Set(list[Any]):
    """Elements of one type, each once, in the order in which Terraform iterates: they have no index."""

    __slots__ = ("inner",)


class Map(dict[str, Any]):
    """Values of one type by key."""

    __slots__ = ("inner",)


class Maybe(list[Any]):
    """The instances of `count = var.unknown ? 1 : 0`: one, if any."""

    __slots__ = ()


def unknowns(value: Any) -> Iterator[Unresolved | Reference]:
    """Yield what is not known inside `value`, outermost first."""
    if value is None or isinstance(value, (str, int, float)):
        return
    if isinstance(value, (Unresolved, Reference)):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from unknowns(inner)
    elif isinstance(value, list):
        if isinstance(value, Maybe):
            yield Unresolved("it depends on whether an instance of a resource exists", SETTLE_APPLY)
        for inner in value:
            yield from unknowns(inner)
    elif hasattr(value, "output"):
        # A module of which the instances are not known: what it is as a collection is not known.
        yield Unresolved("it depends on how many instances of a module there are", SETTLE_APPLY)


def pointers(value: Any, *, texts: bool = True) -> Iterator[str]:
    """Yield what `value` may name resources by: the addresses of its references, and its `texts`."""
    if isinstance(value, Reference):
        yield value.address
    elif isinstance(value, str):
        if texts and value:
            yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from pointers(inner, texts=texts)


def is_known(value: Any) -> bool:
    """Whether nothing inside `value` is unknown."""
    return next(unknowns(value), None) is None


LEAVES = frozenset({str, int, bool, type(None)})
"""The classes of most values: what is of one of these is whole by itself, and plain."""


def weight(value: Any, limit: int) -> int:
    """Return how many parts `value` has, shared ones counted each time; at most `limit` and one.

    A doubling bomb grows by shared parts, and whatever walks over it would not end.
    """
    stack, count = [value], 0
    while stack and count <= limit:
        current = stack.pop()
        count += 1
        if isinstance(current, (dict, list)):
            for inner in current.values() if isinstance(current, dict) else current:
                kind = inner.__class__
                if kind is str:
                    count += 1 + len(inner) // 100
                elif kind in LEAVES:
                    count += 1
                else:
                    stack.append(inner)
        elif isinstance(current, str):
            count += len(current) // 100
        elif isinstance(current, Document):
            stack.append(current.value)
    return min(count, limit + 1)


def heavier(value: Any, limit: int) -> bool:
    """Whether `value` has more than `limit` parts, shared ones counted each time."""
    return weight(value, limit) > limit


def made_from(values: Iterable[Any], expression: str) -> Unresolved | None:
    """Return why a value made from `values` is not known, None when all are known.

    It is `Failed` where a part is: Terraform would refuse the whole.
    """
    first: Unresolved | None = None
    for value in values:
        for found in unknowns(value):
            if isinstance(found, Failed):
                return Failed(found.because, found.settle_with, expression)
            if first is None:
                first = (
                    Unresolved(f"it is made from {found}, which only apply tells", SETTLE_APPLY)
                    if isinstance(found, Reference)
                    else found
                )
    return None if first is None else Unresolved(first.because, first.settle_with, expression, first.literal)


def listed(items: list[Any]) -> list[Any]:
    """Return the elements of a collection in a row.

    Those of a set that are not known may be equal to others and may stand anywhere: they come first, as a `Rest`.
    """
    unknown = made_from(items, "") if isinstance(items, Set) and len(items) > 1 else None
    if unknown is None:
        return items
    return [Rest(unknown.because, unknown.settle_with), *(each for each in items if is_known(each))]


def pairs(items: dict[str, Any] | list[Any]) -> list[tuple[Any, Any]]:
    """Return keys with values as Terraform iterates: maps by their sorted keys."""
    if isinstance(items, dict):
        return sorted(items.items(), key=lambda pair: pair[0])
    return [(each, each) for each in listed(items)] if isinstance(items, Set) else list(enumerate(items))


def typeless(value: Any) -> bool:
    """Whether a value does not show the type to which Terraform converts another one beside it."""
    if isinstance(value, Reference):
        return not names_it(value.attribute)
    return (
        value is None
        or hasattr(value, "output")
        or (isinstance(value, Unresolved) and not isinstance(value, (Typed, Document)))
    )


def names_it(attribute: str) -> bool:
    """Whether an attribute is a text by which others name a resource."""
    return attribute in ("id", "arn", "name", "self_link") or attribute.endswith(("_id", "_arn", "_name"))


def rewritten(value: Unresolved, expression: str) -> Unresolved:
    """Return what is not known as the value of another expression; of an ARN or a range the known parts stay."""
    if value.expression == expression:
        return value
    if shaped(value):
        expression = _PIECE.sub(lambda _: f"${{{expression}}}", value.expression)
    return replace(value, expression=expression)


def shaped(value: Any) -> bool:
    """Whether a value is an ARN or a range of addresses of which a part is known: who reads it may need no more."""
    return isinstance(value, Unresolved) and _SHAPE.fullmatch(value.expression) is not None


def document(value: Any, expression: str) -> Unresolved | None:
    """Return the JSON text of a document with unknown parts; None where all of it is known.

    A document in it is a text there, so that it does not grow by being put into itself.
    """
    unknown = made_from([value], expression)
    if unknown is None or isinstance(unknown, Failed):
        return unknown
    return Document(unknown.because, unknown.settle_with, expression, value=_flat(value))


def _flat(value: Any) -> Any:
    if isinstance(value, Document):
        return Unresolved(value.because, value.settle_with, value.expression, value.literal)
    if isinstance(value, dict):
        return {key: _flat(inner) for key, inner in value.items()}
    if isinstance(value, list):  # read from the text again, a set is a list like others
        found = [_flat(inner) for inner in listed(value)]
        return Maybe(found) if isinstance(value, Maybe) else found
    return value


def text_of(value: Any) -> str:
    """Return a known scalar as Terraform puts it into a template."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return arithmetic.text(value) if arithmetic.is_number(value) else "" if value is None else str(value)


def number_of(value: Any) -> Number | None:
    """Return a known scalar as a number, None where it is none."""
    if isinstance(value, str):
        try:
            return arithmetic.parsed(value)
        except arithmetic.Boundless:
            return None
    if isinstance(value, float) and value and value.is_integer():
        return int(value)
    return value if arithmetic.is_number(value) else None


def bool_of(value: Any) -> bool | None:
    """Return a known scalar as a bool, None where it is none."""
    if isinstance(value, bool):
        return value
    words = {"true": True, "false": False, "1": True, "0": False}
    return words.get(value) if isinstance(value, str) else None


def literal(expression: Any) -> Any:
    """Return the value of an expression that has no names in it; parts that have are `Unresolved`."""
    kind = expression[0]
    if kind == "lit":
        return expression[4]
    if kind == "list":
        return [literal(each) for each in expression[4]]
    if kind == "object":
        return {text_of(literal(key)): literal(each) for key, each in expression[4]}
    if kind == "neg":
        inner = number_of(literal(expression[4]))
        return None if inner is None else arithmetic.negated(inner)
    return Unresolved("a default is not a literal", "scan the plan")
