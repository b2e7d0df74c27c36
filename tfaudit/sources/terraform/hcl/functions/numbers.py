"""Functions over numbers."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import (
    Boundless,
    Double,
    Number,
    add,
    compare,
    fraction,
    negated,
    whole,
)
from tfaudit.sources.terraform.hcl.functions.signature import Function, Refused, Unknown, known
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, List, number_of

_EXACT = 2**53
_EXACT_POWERS = 1_000
_LN2_HIGH = 6.93147180369123816490e-01  # as Go's math.Log has the logarithm of two, in two parts
_LN2_LOW = 1.90821492927058770002e-10
_MAX_RANGE = 1024  # Terraform's own
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _double(value: float) -> Number:
    if math.isnan(value) or math.isinf(value):
        raise Boundless
    return int(value) if value.is_integer() else Double(value)


def _log(value: Number, base: Number) -> Number:
    first, second = float(fraction(value)), float(fraction(base))
    if first <= 0 or second <= 0 or second == 1:
        raise Boundless  # Go gives an infinity, or no number at all
    if first == 1:
        return 0
    # The last digits of other logarithms depend on the processor; of powers of two, on nothing.
    powers = [math.frexp(each) for each in (first, second)]
    if any(mantissa != 0.5 for mantissa, _ in powers):
        raise _last_digits()
    logarithms = [(power - 1) * _LN2_HIGH + (power - 1) * _LN2_LOW for _, power in powers]
    return _double(logarithms[0] / logarithms[1])


def _pow(value: Number, power: Number) -> Number:
    base, exponent = fraction(value), fraction(power)
    if exponent == Fraction(1, 2) and base >= 0:
        return _double(math.sqrt(float(base)))
    if exponent.denominator == 1 and abs(exponent) <= _EXACT_POWERS and (base or exponent >= 0):
        exact = base**exponent.numerator
        if abs(exact) < _EXACT and Fraction(float(exact)) == exact:
            return _double(float(exact))
    raise _last_digits()


def _last_digits() -> Unknown:
    return Unknown(Unresolved("the last digits of its result depend on the processor", SETTLE_APPLY))


def _parsed(text: Any, base: Any) -> int:
    if not isinstance(text, str):
        raise Refused("it takes a text")
    size = whole(base)
    if not 2 <= size <= 62:
        raise Refused("the base is none between 2 and 62")
    digits = text[1:] if text[:1] in ("+", "-") else text
    if len(digits) > 4_000:
        raise Boundless
    value = 0
    for sign in digits if size > 36 else digits.lower():
        digit = _SIGNS.find(sign)
        if not 0 <= digit < size:
            raise Refused("the text is no number of that base")
        value = value * size + digit
    if not digits:
        raise Refused("the text is no number of that base")
    return -value if text.startswith("-") else value


def _range(*bounds: Number) -> List:
    if not 1 <= len(bounds) <= 3:
        raise Refused("it takes one to three numbers")
    start, end = (0, bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = bounds[2] if len(bounds) == 3 else 1 if compare(start, end) <= 0 else -1
    direction = compare(step, 0)
    if compare(start, end) and direction * compare(end, start) <= 0:
        raise Refused("the step leads away from the end")
    if type(start) is type(end) is type(step) is int and step:
        whole_numbers = range(start, end, step)
        if whole_numbers[_MAX_RANGE:]:
            raise Refused(f"it gives more than {_MAX_RANGE} numbers")
        return List(whole_numbers)
    found: List = List()
    while compare(start, end) * direction < 0:
        if len(found) >= _MAX_RANGE:
            raise Refused(f"it gives more than {_MAX_RANGE} numbers")
        found.append(start)
        start = add(start, step)
    return found


def _most(direction: int) -> Any:
    def found(*values: Number) -> Number:
        if not values:
            raise Refused("it takes one number or more")
        best = values[0]
        for each in values[1:]:
            if compare(each, best) * direction > 0:
                best = each
        return best

    return found


def _sum(items: Any) -> Number:
    if not isinstance(items, list) or not items:
        raise Refused("it takes a list of one number or more")
    total: Number = 0
    for each in items:
        value = None if isinstance(each, bool) else number_of(each)
        if value is None:
            raise Refused("an element is no number")
        total = add(total, value)
    return total


FUNCTIONS: dict[str, Function] = {
    "abs": known(lambda value: negated(value) if compare(value, 0) < 0 else value, "n"),
    "ceil": known(lambda value: math.ceil(fraction(value)), "n"),
    "floor": known(lambda value: math.floor(fraction(value)), "n"),
    "log": known(_log, "n n"),
    "max": known(_most(1), "", "n"),
    "min": known(_most(-1), "", "n"),
    "parseint": known(_parsed, "a n"),
    "pow": known(_pow, "n n"),
    "range": known(_range, "", "n"),
    "signum": known(lambda value: compare(whole(value), 0), "n"),
    "sum": known(_sum, "a"),
}
