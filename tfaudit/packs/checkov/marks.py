"""Marks in a configuration: which there are, and copies in which other values stand in their place.

`conversion` says what a mark is. A path names the steps to one, without the lists around single values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Mark: TypeAlias = tuple[Any, ...]
Names: TypeAlias = tuple[str, ...]


_HOLDS: frozenset[type] = frozenset({dict, list, tuple})
"""What may be a mark, or hold one: configurations are plain data, as a pipe brings them."""
_MODULES = re.compile(r"(?:module\.[\w-]+(?:\[[^\[\]]*\])?\.)+")


def text(mark: Mark) -> Any:
    """Return what checkov would see; a reference is written in the module of what it names, and never from outside."""
    return _MODULES.sub("", mark[1], count=1) if mark[0] == "@" and mark[1].startswith("module.") else mark[1]


def around(expression: str) -> list[str]:
    """Return what is written around the parts of a text that are not known; [] where that is nothing, or not told.

    `arn:aws:s3:::${var.name}/*` is always the first and the last, whatever stands between; of the call of a function,
    in which quotes stand, it is not known what it makes of such a text.
    """
    stated = expression[2:-1] if _end(expression, 0) == len(expression) else expression
    heredoc = _HEREDOC.fullmatch(stated)
    if heredoc:
        stated = heredoc["text"]
    found, at = [], 0
    while (start := stated.find("${", at)) >= 0:
        found.append(stated[at:start])
        at = _end(stated, start)
        if not at:
            return []
    found.append(stated[at:])
    whole = "".join(found)
    told = "%{" not in whole and (heredoc is not None or '"' not in whole)
    return found if len(found) > 1 and whole.strip() and told else []


def _end(expression: str, start: int) -> int:
    """Return where the part that begins at `start` with `${` ends; 0 for nowhere."""
    depth = 0
    for at in range(start, len(expression)) if expression.startswith("${", start) else ():
        depth += {"{": 1, "}": -1}.get(expression[at], 0)
        if not depth and at > start:
            return at + 1
    return 0


def possible(expression: str, tried: str) -> str:
    """Return a text that an expression may come to: `tried` where it can be that, else with it as each of the parts."""
    written = around(expression)
    if not written or re.fullmatch(".*".join(map(re.escape, written)), tried, re.DOTALL):
        return tried
    return tried.join(written)


def seen(_: Names, mark: Mark) -> Any:
    """Return what checkov would see, for `fill`."""
    return text(mark)


_HEREDOC = re.compile(r"<<-?\s*(?P<end>\w+)\n(?P<text>.*)\n[ \t]*(?P=end)\s*", re.DOTALL)


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
