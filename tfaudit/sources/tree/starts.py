"""Which files of a tree are read by themselves, where some deploy or call others."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def starts(names: Iterable[str], calls: Callable[[str], Iterable[str]]) -> list[str]:
    """Return those of `names` that no other one calls, in their order.

    Of those that only call each other in a circle, the first one is among them: whoever writes a circle must not hide
    what is in it.
    """
    called = {name: frozenset(calls(name)) - {name} for name in names}
    by_others = frozenset().union(*called.values())
    found = {name for name in called if name not in by_others}
    reached = _reached(found, called)
    for name in called:
        if name not in reached:
            found.add(name)
            reached |= _reached((name,), called)
    return [name for name in called if name in found]


def _reached(names: Iterable[str], called: dict[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += called.get(name, ())
    return found
