"""Values that providers choose among words of their own, as the vocabulary has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tfaudit.reading.answers import CannotTell
from tfaudit.reading.values import as_bool


def lower(word: Any) -> str | None:
    """Return a word in lower case: Azure minds no case."""
    return None if word is None else str(word).lower()


def switched(value: Any) -> bool | CannotTell | None:
    """Return whether a switch is on: true, or Enabled."""
    if value is None:
        return None
    switch = as_bool(value)
    return not_judged(value) if switch is None else switch


def switched_off(value: Any) -> bool:
    """Return whether a switch is surely off; a block that stands for one is on."""
    return not isinstance(value, (dict, list)) and switched(value) is False


def negated(value: Any) -> bool | CannotTell | None:
    """Return the opposite of a switch."""
    switch = switched(value)
    return not switch if isinstance(switch, bool) else switch


def one_of(*words: str) -> Callable[[Any], bool | None]:
    """Return a function that gives whether a value is one of `words`, in lower case."""
    return lambda value: None if value is None else str(value).lower() in words


def called(names: Mapping[str, str]) -> Callable[[Any], str | CannotTell | None]:
    """Return a function that gives the vocabulary's word for each of Azure's, in lower case."""

    def name(value: Any) -> str | CannotTell | None:
        return None if value is None else names.get(str(value).lower()) or not_judged(value)

    return name


def not_judged(value: Any) -> CannotTell:
    """Return the answer for a value that is none of those that are known."""
    return CannotTell(f"its value {str(value)[:80]!r} is not one that tfaudit can judge", "check it by hand")
