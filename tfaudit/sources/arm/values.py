"""Values of templates of which a part may not be known: as texts, and why they are not known.

What is not known keeps its expression, `st${uniqueString(resourceGroup().id)}`: two values of the same expression are
the same thing, which is how a name and the place that uses it are brought together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import may_be_literal
from tfaudit.sources.arm.ids import Scope

MEND = "mend it"
LIVE = "scan the live subscription"
BROUGHT = "it hangs on the subscription or group, which are chosen at deployment"
"""Why nothing is known of a text with `${...}` in it, the id of a resource, as a whole."""

HIDDEN = "a name in it is not known, and may be the one that is asked for"

_BRACE = re.compile("[{}]")
_LONGEST = 2_000
_SHOWN = 80


_SCOPES = {Scope().id: "resourceGroup().id", Scope("subscription").id: "subscription().id"}
"""How what a deployment brings with it is written."""


LONGEST_TEXT = 20_000_000
"""Characters of a text that is made: five times as much as Azure Resource Manager takes of a whole template."""


class TooLarge(Exception):
    """The deployment unfolds (by loops, modules or texts) to more values than the limit."""


def pending(value: Any) -> Unresolved | Reference | None:
    """Return the first thing that is not known in `value`, None where all is known."""
    kind = value.__class__
    if kind is Unresolved or kind is Reference:
        return value  # type: ignore[no-any-return]
    if kind is dict or kind is list:
        for each in value.values() if kind is dict else value:
            found = pending(each)
            if found is not None:
                return found
    return None


def as_text(value: Any) -> str:
    """Return a scalar as ARM writes it into a text: `True`, `1`, nothing for null; a list or object as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, (dict, list)):
        measured(value)
        return json.dumps(value, separators=(",", ":"), default=str)
    return str(value)


def measured(value: Any, left: int = LONGEST_TEXT) -> int:
    """Return how many of `left` characters remain beside the texts in `value`; raises `TooLarge` where none does.

    A part may stand in many places and is held once: only as a text it takes its size for each of them.
    """
    todo = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            left -= len(each)
        elif isinstance(each, dict):
            left -= sum(map(len, each))
            todo += each.values()
        elif isinstance(each, list):
            todo += each
        left -= 1
        if left < 0:
            raise TooLarge
    return left


def as_written(value: Any) -> str:
    """Return a value as a text shows it, what is not known as `${...}`."""
    if isinstance(value, Unresolved):
        return value.expression or "${...}"
    if isinstance(value, Reference):
        return f"${{{value}}}"
    if isinstance(value, (dict, list)):
        return "${...}"
    return as_text(value)


def joined(parts: Iterable[Any]) -> Any:
    """Return the text of `parts`, one after the other; `Unresolved` with what is known in it if not all are known."""
    parts = list(parts)
    found: Unresolved | Reference | None = None
    for each in parts:
        found = found or pending(each)
    left = LONGEST_TEXT
    for each in parts:
        left = measured(each, left)
    if found is None:
        return "".join(map(as_text, parts))
    if len(parts) == 1 and parts[0] is found:
        return found
    return not_told(found, "".join(map(as_written, parts)))


def not_told(part: Unresolved | Reference, expression: str) -> Unresolved:
    """Return the `Unresolved` for a value of which `part` is not known; `expression` is how it is written."""
    expression = expression if len(expression) <= _LONGEST else ""
    if isinstance(part, Reference):
        return Unresolved(f"{part} is known only after deployment", LIVE, expression)
    return Unresolved(part.because, part.settle_with, expression, part.literal)


def is_one(text: str) -> bool:
    """Whether a text is nothing but one expression, `${a}`."""
    if not (text.startswith("${") and text.endswith("}")):
        return False
    depth = 0
    for brace in _BRACE.findall(text, 1, len(text) - 1):
        depth += 1 if brace == "{" else -1
        if not depth:
            return False
    return True


def inner(value: Any) -> str:
    """Return a value as an argument is written: `toLower('x')`, `'x'`."""
    if isinstance(value, (Unresolved, Reference)):
        text = as_written(value)
        return text[2:-1] if is_one(text) else f"'{text}'"
    if isinstance(value, str):
        return _SCOPES.get(value) or f"'{value}'"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {inner(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(inner, value))}]"
    return str(value) if callable(value) else as_text(value).lower()


def called(name: str, arguments: Iterable[Any]) -> str:
    """Return a call as the expression of a value that is not known."""
    return f"${{{name}({', '.join(map(inner, arguments))})}}"


def shown(value: Any) -> str:
    """Return a value as a message quotes it, cut."""
    return as_written(value)[:_SHOWN]


def mend(because: str) -> Unresolved:
    """Return a value that the template spells in a way which ARM refuses."""
    return Unresolved(because, MEND)


def leaves(value: Any) -> Iterator[Any]:
    """Yield the scalars of a value."""
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def has_literal(values: Any, spend: Callable[[int], None]) -> bool:
    """Whether somewhere in `values` a text is, or may be, written down; what is looked at is `spend`ed."""
    for each in leaves(values):
        spend(1)
        if may_be_literal(each):
            return True
    return False


def left_open(
    part: Unresolved | Reference, expression: str, beside: Any, spend: Callable[[int], None]
) -> Unresolved:
    """Return what is not known for its `part`; a text that is written down `beside` it may be among its values."""
    found = not_told(part, expression)
    return found if found.literal else replace(found, literal=has_literal(beside, spend))
