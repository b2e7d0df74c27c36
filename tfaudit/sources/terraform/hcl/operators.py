"""What operators make of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl import arithmetic
from tfaudit.sources.terraform.hcl.arithmetic import Boundless
from tfaudit.sources.terraform.hcl.conversion import equal
from tfaudit.sources.terraform.hcl.values import (
    MEND,
    SETTLE_APPLY,
    Document,
    Failed,
    List,
    Map,
    Set,
    made_from,
    number_of,
)

_GIVEN_OUT = frozenset({"", "arn", "id", "self_link"})


def computed(sign: str, left: Any, right: Any, written: str) -> Any:
    """Return what arithmetic makes of two known values."""
    first, second = _number(left), _number(right)
    if first is None or second is None:
        return Failed("it computes with what is no number", MEND, written)
    try:
        return _ARITHMETIC[sign](first, second)
    except Boundless:
        return Unresolved("a number is too large", SETTLE_APPLY, written)
    except ZeroDivisionError:
        return _by_zero(sign, first, written)


def _number(value: Any) -> Any:
    return None if isinstance(value, (list, dict)) else number_of(value)


def _by_zero(sign: str, first: Any, written: str) -> Any:
    """Return what a division by zero gives: Terraform knows infinite numbers."""
    if sign == "%":
        return first
    if not first:
        return Failed("it divides zero by zero", MEND, written)
    return Unresolved("it divides by zero, and is infinite", MEND, written)


def equality(sign: str, left: Any, right: Any, written: str) -> Any:
    """Return whether two values are equal, or differ, as far as that is known."""
    for one, other in ((left, right), (right, left)):
        # A resource and what a provider gives out as its id or ARN are neither null nor empty, nor is a JSON text.
        exists = isinstance(one, Document) or (isinstance(one, Reference) and one.attribute in _GIVEN_OUT)
        if exists and (other is None or other == ""):
            return sign == "!="
        # An object or list is not null, whatever is in it.
        if other is None and isinstance(one, (dict, list)):
            return sign == "!="
    unknown = made_from([left, right], written)
    if unknown is not None:
        return unknown
    if not left and not right and isinstance(left, (List, Set, Map)) and type(left) is type(right):
        because = "two empty collections are equal where their elements have one type, which is not known"
        return Unresolved(because, SETTLE_APPLY, written)
    return equal(left, right) is (sign == "==")


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "%": arithmetic.remainder,
    "<": lambda a, b: arithmetic.compare(a, b) < 0,
    ">": lambda a, b: arithmetic.compare(a, b) > 0,
    "<=": lambda a, b: arithmetic.compare(a, b) <= 0,
    ">=": lambda a, b: arithmetic.compare(a, b) >= 0,
}
