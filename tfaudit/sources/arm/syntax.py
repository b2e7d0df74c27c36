"""What expressions of ARM templates and of Bicep are made of: both languages are parsed into these nodes.

Operators of Bicep are calls of the functions that ARM has for them: `a == b` is `equals(a, b)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from msgspec import Struct


class Literal(Struct, frozen=True):
    """A number, text, truth value or null; `at` is its offset in the source, as of all nodes."""

    value: Any
    at: int = 0


class Text(Struct, frozen=True):
    """A text with expressions in it, `'${name}-logs'`: its parts are texts and nodes."""

    parts: tuple[Any, ...]
    at: int = 0


class Name(Struct, frozen=True):
    """A word that stands for a value: a parameter, a variable, a resource, a module, or what a lambda is given."""

    name: str
    at: int = 0


class Call(Struct, frozen=True):
    """A call of a function; `of` is what stands before the dot, `sys` or a resource, None for nothing."""

    name: str
    arguments: tuple[Node, ...]
    at: int = 0
    of: Node | None = None


class Access(Struct, frozen=True):
    """A member or an element, `base.key`, `base[key]`; `safe` gives null for none, `[^1]` counts from the end.

    `base` is a node, or an object of JSON.
    """

    base: Any
    key: Node
    at: int = 0
    safe: bool = False
    from_end: bool = False


class Nested(Struct, frozen=True):
    """A resource that is declared inside another: `base::name`."""

    base: Node
    name: str
    at: int = 0


class Member(Struct, frozen=True):
    """One member of an object; without a key, what `...` spreads."""

    key: Node | None
    value: Node
    at: int = 0


class Object(Struct, frozen=True):
    """An object that is written out."""

    members: tuple[Member, ...]
    at: int = 0


class Array(Struct, frozen=True):
    """A list that is written out; an element may be a `Member` without a key, which is spread."""

    items: tuple[Node | Member, ...]
    at: int = 0


class Choice(Struct, frozen=True):
    """`test ? yes : no`."""

    test: Node
    yes: Node
    no: Node
    at: int = 0


class Lambda(Struct, frozen=True):
    """`(item, index) => body`."""

    names: tuple[str, ...]
    body: Node
    at: int = 0


class Loop(Struct, frozen=True):
    """`[for (item, index) in source: body]`, and `body` only where `test` holds."""

    item: str
    index: str
    source: Node
    body: Node
    at: int = 0
    test: Node | None = None


Node: TypeAlias = Literal | Text | Name | Call | Access | Nested | Object | Array | Choice | Lambda | Loop


def was_safe(node: Any) -> bool:
    """Whether an access before was a safe one: what it does not find ends the whole chain, `a.?b.c`, with null."""
    while isinstance(node, Access):
        if node.safe:
            return True
        node = node.base
    return False


def below(node: Any) -> Iterable[Any]:
    """Return the nodes, or the values of JSON, that stand inside of one."""
    inside = _BELOW.get(node.__class__)
    return () if inside is None else inside(node)


def stated_twice(node: Object) -> str:
    """Return the first key that an object states twice itself, "" for none: over what it spreads it may state one."""
    keys = [each.key.value for each in node.members if isinstance(each.key, Literal)]
    return next((str(each) for at, each in enumerate(keys) if each in keys[:at]), "")


def _values(members: Iterable[Node | Member]) -> list[Any]:
    return [each.value if isinstance(each, Member) else each for each in members]


_BELOW: dict[type, Callable[[Any], Iterable[Any]]] = {
    dict: lambda node: list(node.values()),
    list: lambda node: node,
    Text: lambda node: node.parts,
    Call: lambda node: (node.of, *node.arguments),
    Access: lambda node: (node.base, node.key),
    Nested: lambda node: (node.base,),
    Object: lambda node: [part for each in node.members for part in (each.key, each.value)],
    Array: lambda node: _values(node.items),
    Choice: lambda node: (node.test, node.yes, node.no),
    Lambda: lambda node: (node.body,),
    Loop: lambda node: (node.source, node.test, node.body),
}
