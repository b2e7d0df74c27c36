"""Which names an expression mentions: variables, locals, outputs, `each` and iterators, part by part of what it makes.

A mention is `(root name, steps, sure, whole)`: `var.db["eu"].size` is `("var", ("db", "eu", "size"), True, True)`.
`sure` is False in a branch that may not be taken; `whole` says that no step is left out because only evaluation knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from tfaudit.sources.terraform.hcl.syntax import Expression, Text
from tfaudit.sources.terraform.hcl.values import text_of

Steps: TypeAlias = tuple[str | int, ...]
Mention: TypeAlias = tuple[str, Steps, bool, bool]
Found: TypeAlias = tuple[tuple[Mention, ...], dict[str | int, Any] | None]
"""The mentions of a value as a whole, and those of its written members by step, in the same form."""

MAX_MENTIONS = 16
"""How many names of one expression are kept: more explain nothing."""

_NAMED = frozenset({"var", "local", "module", "each", "count"})
_OF_ITERATORS = frozenset({"key", "value"})
_MEMBERS_KEPT = frozenset({"jsonencode", "tolist", "tomap"})


def mentions(expression: Expression) -> Found | None:
    """Return what `expression` mentions, None where that is nothing."""
    kind = expression[0]
    if kind == "lit":
        return None
    if kind == "call" and expression[4] in _MEMBERS_KEPT and expression[5]:
        return mentions(expression[5][0])
    if kind not in ("list", "object"):
        own = _all(expression)
        return (own, None) if own else None
    own = ()
    if kind == "list":
        parts: list[tuple[str | int, Expression]] = list(enumerate(expression[4]))
    else:
        parts = [(text_of(key[4]), value) for key, value in expression[4] if key[0] == "lit"]
        computed = [each for key, value in expression[4] if key[0] != "lit" for each in (key, value)]
        own = _distinct(mention for each in computed for mention in _all(each))
    inner = {step: found for step, each in parts if (found := mentions(each)) is not None}
    return (own, inner or None) if own or inner else None


def flat(found: Found | None) -> tuple[Mention, ...]:
    """Return the mentions of a value and of its members in a row."""
    return _distinct(_each(found)) if found is not None else ()


def of_reference(expression: Expression, sure: bool = True) -> Mention:
    """Return the mention that a `ref` makes, with its steps up to the first that only evaluation knows."""
    steps: list[str | int] = []
    for kind, step in expression[5]:
        if kind == "attr":
            steps.append(step)
        elif kind == "index" and step[0] == "lit" and isinstance(step[4], (str, int)):
            steps.append(step[4])
        else:
            return expression[4], tuple(steps), sure, False
    return expression[4], tuple(steps), sure, True


def _each(found: Found) -> Iterator[Mention]:
    yield from found[0]
    for inner in (found[1] or {}).values():
        yield from _each(inner)


def _distinct(found: Iterator[Mention]) -> tuple[Mention, ...]:
    kept: dict[Mention, None] = {}
    for each in found:
        kept[each] = None
        if len(kept) == MAX_MENTIONS:
            break
    return tuple(kept)


def _all(expression: Expression) -> tuple[Mention, ...]:
    """Return all mentions in an expression, in the order in which they are written."""
    if expression[0] == "ref" and all(kind == "attr" for kind, _ in expression[5]):
        found = of_reference(expression)
        return (found,) if _counts(found) else ()
    return _distinct(_walked(expression))


def _walked(expression: Expression) -> Iterator[Mention]:
    stack: list[tuple[Any, bool]] = [(expression, True)]
    while stack:
        part, sure = stack.pop()
        if isinstance(part, list):
            stack.extend((each, sure) for each in reversed(part))
        elif not isinstance(part, tuple) or not part:
            continue
        elif len(part) < 4 or not isinstance(part[1], Text):
            stack.extend((each, sure) for each in reversed(part))
        elif part[0] == "if":
            stack += (part[6], False), (part[5], False), (part[4], sure)
        else:
            if part[0] == "ref":
                found = of_reference(part, sure)
                if _counts(found):
                    yield found
            stack.extend((each, sure) for each in reversed(part[4:]))


def _counts(found: Mention) -> bool:
    """Whether a mention may lead somewhere: what others are called may be an iterator."""
    name, steps = found[:2]
    return name in _NAMED or (bool(steps) and steps[0] in _OF_ITERATORS)
