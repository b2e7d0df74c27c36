"""Which names an expression mentions: variables, locals, outputs, `each` and iterators, part by part of what it makes.

A mention is `(root name, steps, branches, whole)`: `var.db["eu"].size` is `("var", ("db", "eu", "size"), (), True)`.
`branches` are the results of conditions in which it stands, as the condition's id with 5 or 6; `whole` says that no
step is left out that only evaluation would show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from tfaudit.sources.terraform.hcl.syntax import Expression, Text
from tfaudit.sources.terraform.hcl.values import text_of

Steps: TypeAlias = tuple[str | int, ...]
Branches: TypeAlias = tuple[tuple[int, int], ...]
Mention: TypeAlias = tuple[str, Steps, Branches, bool]
Found: TypeAlias = tuple[tuple[Mention, ...], dict[str | int, Any] | None]
"""The mentions of a value as a whole, and those of its written members by step, in the same form."""

MAX_MENTIONS = 16
"""How many names of one expression are kept: more explain nothing."""

_NAMED = frozenset({"var", "local", "module", "each", "count"})
_NAMES_ALONE = frozenset({"attr"})
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


def is_plain(reference: Expression) -> bool:
    """Whether all steps of a `ref` are names."""
    return {kind for kind, _ in reference[5]} <= _NAMES_ALONE


def of_reference(expression: Expression, branches: Branches = ()) -> Mention:
    """Return the mention that a `ref` makes, with its steps up to the first that only evaluation knows."""
    steps: list[str | int] = []
    for kind, step in expression[5]:
        if kind == "attr":
            steps.append(step)
        elif kind == "index" and step[0] == "lit" and isinstance(step[4], (str, int)):
            steps.append(step[4])
        else:
            return expression[4], tuple(steps), branches, False
    return expression[4], tuple(steps), branches, True


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
    kept: dict[Mention, None] = {}
    _walk(expression, (), kept)
    return tuple(kept)[:MAX_MENTIONS]


def _walk(part: Expression, branches: Branches | None, kept: dict[Mention, None]) -> None:
    kind = part[0]
    if kind == "lit" or not part[1].may_name(part[2], part[3]):
        return
    if kind == "ref":
        found = of_reference(part, branches or ())
        if _counts(found):
            kept[found] = None
        if not found[3]:
            _walk_over(part[5], branches, kept)
    elif kind == "if" and branches is not None:
        _walk(part[4], branches, kept)
        for result in (5, 6):
            _walk(part[result], (*branches, (id(part), result)), kept)
    elif kind in ("for", "repeat"):
        _walk_over(part[4:], None, kept)  # each element may choose another result
    else:
        _walk_over(part[4:], branches, kept)


def _walk_over(parts: Any, branches: Branches | None, kept: dict[Mention, None]) -> None:
    """Walk over the expressions in a tuple or list, which holds texts, flags and further tuples and lists beside."""
    for each in parts:
        kind = each.__class__
        if kind is tuple and len(each) > 3 and each[1].__class__ is Text:
            _walk(each, branches, kept)
        elif kind is tuple or kind is list:
            _walk_over(each, branches, kept)


def _counts(found: Mention) -> bool:
    """Whether a mention may lead somewhere: what others are called may be an iterator."""
    name, steps = found[:2]
    return name in _NAMED or (bool(steps) and steps[0] in _OF_ITERATORS)
