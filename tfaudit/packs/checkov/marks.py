"""Marks in a configuration: which there are, and copies in which other values stand in their place.

`conversion` says what a mark is. A path names the steps to one, without the lists around single values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Mark: TypeAlias = tuple[Any, ...]
Names: TypeAlias = tuple[str, ...]


_HOLDS = frozenset({dict, list, tuple})
"""What may be a mark, or hold one: configurations are plain data, as a pipe brings them."""
_MODULES = re.compile(r"(?:module\.[\w-]+(?:\[[^\[\]]*\])?\.)+")


def text(mark: Mark) -> Any:
    """Return what checkov would see; a reference is written in the module of what it names, and never from outside."""
    return _MODULES.sub("", mark[1], count=1) if mark[0] == "@" and mark[1].startswith("module.") else mark[1]


def seen(_: Names, mark: Mark) -> Any:
    """Return what checkov would see, for `fill`."""
    return text(mark)


class Leave:
    """What `fill` leaves out where it is given in place of a mark: the attribute, or the element of a list."""


def marks(value: Any, path: Names = ()) -> Iterator[tuple[Names, Mark]]:
    """Yield each mark in `value` with its path."""
    if isinstance(value, tuple):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, (dict, list, tuple)):
                yield from marks(inner, (*path, name))
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, (dict, list, tuple)):
                yield from marks(inner, path)


def fill(value: Any, give: Callable[[Names, Mark], Any], path: Names = ()) -> Any:
    """Return a copy of `value` with each mark replaced by what `give` returns for it."""
    if value.__class__ is dict:
        found: dict[str, Any] = {}
        for name, inner in value.items():
            given = fill(inner, give, (*path, name)) if inner.__class__ in _HOLDS else inner
            # An attribute that is null is none; so is one of which the only value was left out.
            if given is Leave or (given == [] and inner and inner.__class__ is list):
                continue
            found[name] = given
        return found
    if value.__class__ is list:
        made = [fill(inner, give, path) if inner.__class__ in _HOLDS else inner for inner in value]
        return [each for each in made if each is not Leave]
    return give(path, value) if value.__class__ is tuple else value
