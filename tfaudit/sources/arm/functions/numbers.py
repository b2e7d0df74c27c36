"""Functions of numbers and of times.

learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric and template-functions-date
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from tfaudit.sources.arm.functions.signature import MANY, Function, Table, Wrong, text, whole

_BITS = 63
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$"
)


def as_int(value: Any) -> int:
    """Return the whole number of a text or number."""
    if isinstance(value, str):
        if not re.fullmatch(r"\s*-?\d{1,19}\s*", value):
            raise Wrong(f"{value[:40]!r} is not a number")
        return int(value)
    if isinstance(value, float):
        return int(value)
    return whole(value)


def as_float(value: Any) -> float:
    """Return the number of a text or number."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise Wrong(f"{str(value)[:40]!r} is not a number") from error


def _bounded(value: int) -> int:
    if value.bit_length() > _BITS:
        raise Wrong("the number is too large")
    return value


def _divided(one: Any, other: Any, *, rest: bool = False) -> int:
    number, by = whole(one), whole(other)
    if by == 0:
        raise Wrong("it divides by 0")
    quotient = abs(number) // abs(by) * (1 if (number < 0) == (by < 0) else -1)
    return number - quotient * by if rest else quotient


def _several(arguments: tuple[Any, ...]) -> list[int]:
    values = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else list(arguments)
    if not values:
        raise Wrong("there is no number")
    return [whole(each) for each in values]


def added(start: Any, duration: Any, style: Any = "") -> str:
    """Return a time with an ISO 8601 duration added, written as ISO 8601 too, whatever the style."""
    found = _DURATION.match(text(duration))
    if not found:
        raise Wrong(f"{duration[:40]!r} is not a duration")
    years, months, weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    sign = -1 if found[1] else 1
    try:
        begin = datetime.fromisoformat(text(start))
        months_in_all = begin.month - 1 + sign * (years * 12 + months)
        year, month = begin.year + months_in_all // 12, months_in_all % 12 + 1
        shifted = begin.replace(
            year=year, month=month, day=min(begin.day, 28) if months or years else begin.day
        )
        end = shifted + sign * timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        )
    except (ValueError, OverflowError) as error:
        raise Wrong("it is not a time that can be added to") from error
    return end.strftime("%Y-%m-%dT%H:%M:%SZ")


def _from_epoch(seconds: Any) -> str:
    try:
        return datetime.fromtimestamp(whole(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise Wrong("it is not a time") from error


def _to_epoch(value: Any) -> int:
    try:
        found = datetime.fromisoformat(text(value))
    except ValueError as error:
        raise Wrong("it is not a time") from error
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())


TABLE: Table = {
    "add": Function(lambda one, other: _bounded(whole(one) + whole(other)), 2, 2),
    "datetimeadd": Function(added, 2, 3),
    "datetimefromepoch": Function(_from_epoch, 1, 1),
    "datetimetoepoch": Function(_to_epoch, 1, 1),
    "div": Function(_divided, 2, 2),
    "float": Function(as_float, 1, 1),
    "int": Function(as_int, 1, 1),
    "max": Function(lambda *arguments: max(_several(arguments)), 1, MANY),
    "min": Function(lambda *arguments: min(_several(arguments)), 1, MANY),
    "minus": Function(lambda value: _bounded(-whole(value)), 1, 1),
    "mod": Function(lambda one, other: _divided(one, other, rest=True), 2, 2),
    "mul": Function(lambda one, other: _bounded(whole(one) * whole(other)), 2, 2),
    "sub": Function(lambda one, other: _bounded(whole(one) - whole(other)), 2, 2),
}
