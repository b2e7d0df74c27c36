"""What a function takes, and how it says that it has no result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.conversion import Type, convert
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, Maybe, Rest, Set, made_from

MAX_ITEMS = 10_000
MAX_TEXT = 1_000_000

_TYPES: dict[str, Type] = {
    "s": "string",
    "n": "number",
    "b": "bool",
    "a": "any",
    "l": ("list", "any"),
    "ls": ("list", "string"),
    "lb": ("list", "bool"),
    "set": ("set", "any"),
    "m": ("map", "any"),
    "mls": ("map", ("list", "string")),
}


class Refused(ValueError):
    """Terraform would report an error; the text says why, without the values."""


class Unknown(Exception):
    """The result is not known, for the reason given."""

    def __init__(self, reason: Unresolved) -> None:
        """Hold the reason."""
        super().__init__()
        self.reason = reason


class Function(Struct, frozen=True):
    """A function of Terraform's language.

    `takes` names the types of its parameters, `rest` that of any number more; `?` after a type lets null in. A
    `partial` one is called whatever is unknown, any other when all of its arguments are known. What `settles` gets what
    references lead to, where that is a literal: what looks at values does, what passes them on does not.
    """

    compute: Callable[..., Any]
    takes: tuple[str, ...] = ()
    rest: str = ""
    partial: bool = False
    settles: bool = True

    def scalar(self, at: int) -> bool:
        """Whether a parameter takes a single value, of which the text or number counts."""
        type_ = self.takes[at] if at < len(self.takes) else self.rest
        return type_.removesuffix("?") in ("s", "n", "b")

    def converted(self, arguments: list[Any]) -> list[Any]:
        """Return the arguments as the types that are taken; `ValueError` where they do not fit."""
        if len(arguments) < len(self.takes) or (len(arguments) > len(self.takes) and not self.rest):
            raise Refused("it takes another number of arguments")
        types = (*self.takes, *[self.rest] * (len(arguments) - len(self.takes)))
        return [_argument(value, type_) for value, type_ in zip(arguments, types, strict=True)]


def _argument(value: Any, name: str) -> Any:
    if value is None:
        if name.endswith("?"):
            return None
        raise Refused("an argument is null")
    if isinstance(value, str) and name == "s":
        return value
    return convert(value, _TYPES[name.removesuffix("?")])


def known(compute: Callable[..., Any], takes: str = "", rest: str = "") -> Function:
    """Return a function all of whose arguments have to be known; `takes` holds its types in order."""
    return Function(compute, tuple(takes.split()), rest)


def partial(compute: Callable[..., Any], takes: str = "", rest: str = "") -> Function:
    """Return a function that passes on what is not known, and raises `Unknown` where its result depends on it."""
    return Function(compute, tuple(takes.split()), rest, partial=True, settles=False)


def looking(compute: Callable[..., Any], takes: str = "", rest: str = "") -> Function:
    """Return a function that looks at values as far as they are known."""
    return Function(compute, tuple(takes.split()), rest, partial=True)


def too_large() -> Unknown:
    """Return what to raise for a result beyond the bounds."""
    return Unknown(Unresolved("the value is too large", SETTLE_APPLY))


def need(*values: Any) -> None:
    """Raise `Unknown` where a part of `values` is not known."""
    found = made_from(values, "")
    if found is not None:
        raise Unknown(found)


def shape(value: Any) -> None:
    """Raise `Unknown` where it is not known what kind of value it is, and how many parts it has."""
    if isinstance(value, (Unresolved, Reference)) or hasattr(value, "output"):
        need(value)


def countable(items: Any) -> None:
    """Raise `Unknown` where it is not known how many elements there are, or which is at which place."""
    shape(items)
    if isinstance(items, Maybe):
        because = "it depends on whether an instance of a resource exists"
        raise Unknown(Unresolved(because, SETTLE_APPLY))
    for each in items:
        if isinstance(each, Rest):
            raise Unknown(Unresolved(each.because, each.settle_with))
    if isinstance(items, Set) and len(items) > 1:
        # What is not known may be equal to another element.
        need(*items)
