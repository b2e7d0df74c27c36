"""Parts of values: members and elements of plain ones, of those that are not known, and of what is declared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm.functions.signature import may_hide, member
from tfaudit.sources.arm.values import HIDDEN, LIVE, as_text, as_written, inner, is_one, mend, not_told

NOT_KNOWN = (Unresolved, Reference)


class Handle:
    """Something that is declared, as an expression sees it: `get` tells its members."""

    __slots__ = ()

    def get(self, key: Any) -> Any:
        """Return a member of it."""
        raise NotImplementedError

    def settled(self) -> Any:
        """Return what stands for it in a value."""
        raise NotImplementedError

    def is_missing(self) -> bool:
        """Whether it surely does not exist, by its condition."""
        return False


def settled(value: Any) -> Any:
    """Return a value in which nothing is a handle."""
    return value.settled() if isinstance(value, Handle) else value


def not_known(values: Iterable[Any], *, deep: bool) -> tuple[Any, int]:
    """Return the first of `values` that is not known, or where it is `deep` of their parts, and how many were seen."""
    seen = 0
    for each in values:
        seen += 1
        kind = each.__class__
        if kind is Unresolved or kind is Reference:
            return each, seen
        if deep and (kind is dict or kind is list):
            found, below = not_known(each.values() if kind is dict else each, deep=True)
            seen += below
            if found is not None:
                return found, seen
    return None, seen


def part(base: Any, key: Any, *, safe: bool = False, from_end: bool = False) -> Any:
    """Return the member or element of `base` that `key` names; `safe` makes null of what is not there."""
    if isinstance(base, Handle):
        return None if safe and base.is_missing() else base.get(key)
    if isinstance(base, NOT_KNOWN):
        return not_told(base, _further(base, key))
    if isinstance(key, NOT_KNOWN):
        return not_told(key, _further(base, key))
    if isinstance(base, dict):
        name = member(base, as_text(key))
        if name is not None:
            return base[name]
        if may_hide(base, as_text(key)):
            return Unresolved(HIDDEN, LIVE, _further(base, key))
    elif isinstance(base, list) and isinstance(key, int):
        at = len(base) - key if from_end else key
        if 0 <= at < len(base):
            return base[at]
    if safe or (base is None and safe):
        return None
    return mend(f"there is no {as_text(key)[:80]} in it")


def _further(base: Any, key: Any) -> str:
    """Return how a part of a value that is not known is written."""
    text = as_written(base) if isinstance(base, NOT_KNOWN) else "${...}"
    step = f".{key}" if isinstance(key, str) and key.isidentifier() else f"[{inner(key)}]"
    if is_one(text):
        return f"{text[:-1]}{step}}}"
    return f"${{{inner(base)}{step}}}"
