"""How a function is declared: what of its arguments must be known, and how many there may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from msgspec import Struct

Needs: TypeAlias = Literal["all", "outside", "nothing"]
"""What must be known: arguments in all their parts, from the outside (a list of known length), or nothing of them."""

Decides: TypeAlias = Callable[[list[Any]], bool] | None


class Wrong(Exception):
    """The arguments are none that the function takes; its argument says why."""


class Function(Struct, frozen=True):
    """One function: what it returns for a list of values.

    `decides` tells of the first arguments whether those behind them are no matter any more.
    """

    call: Callable[..., Any]
    least: int
    most: int
    needs: Needs = "all"
    decides: Decides = None


Table: TypeAlias = dict[str, Function]
"""Functions by their names in lower case: ARM minds no case."""

MANY = 10_000


def text(value: Any) -> str:
    """Return a text; raises `Wrong` for anything else."""
    if not isinstance(value, str):
        raise Wrong(f"a text is expected, not {str(value)[:40]}")
    return value


def whole(value: Any) -> int:
    """Return a whole number; raises `Wrong` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(f"a whole number is expected, not {str(value)[:40]}")
    return value


def items(value: Any) -> list[Any]:
    """Return a list; raises `Wrong` for anything else."""
    if not isinstance(value, list):
        raise Wrong(f"a list is expected, not {str(value)[:40]}")
    return value


def mapping(value: Any) -> dict[str, Any]:
    """Return an object; raises `Wrong` for anything else."""
    if not isinstance(value, dict):
        raise Wrong(f"an object is expected, not {str(value)[:40]}")
    return value


def member(value: dict[str, Any], name: Any) -> str | None:
    """Return the key of an object that is called `name`, whatever its case; None where there is none."""
    if name in value:
        return str(name)
    wanted = str(name).lower()
    return next((each for each in value if each.lower() == wanted), None)


def may_hide(value: dict[str, Any], name: Any) -> bool:
    """Whether an object that has no key called `name` may have one all the same: a key, or the name, is not known."""
    return "${" in str(name) or any("${" in each for each in value)
