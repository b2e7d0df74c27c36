"""Numbers as Terraform has them: binary floats of 512 bits, each held under the shortest decimal that names it.

A number is an `int`, a `float` (which stands for the number that its shortest decimal writes, of 15 digits at most), a
`Decimal` where there are more digits, or a `Double`, which is what it is in binary. docs: go-cty, docs/types.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

Number: TypeAlias = "int | float | Decimal"

PRECISION = 512
MAX_EXPONENT = 4_000
_DIGITS = 156
_SHORT = 15
_INFINITE = frozenset({"Inf", "+Inf", "-Inf", "inf", "+inf", "-inf"})
_WRITTEN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,9}))?", re.ASCII)


class Double(float):
    """A float that is exactly what it is in binary: what `pow` and `log` give."""

    __slots__ = ()


class Boundless(ArithmeticError):
    """A number too large or too small to be worked with here, though Terraform would."""


def parsed(text: str) -> Number | None:
    """Return the number that `text` writes, None where it writes none; `Boundless` for an exponent beyond measure."""
    if text.isascii() and text.isdigit() and len(text) < 150:
        return int(text)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        if text in _INFINITE:
            raise Boundless
        return None
    if len(text) > MAX_EXPONENT or abs(int(found[1] or 0)) > MAX_EXPONENT:
        raise Boundless
    from fractions import Fraction

    return named(rounded(Fraction(text)))


def is_number(value: Any) -> bool:
    """Whether `value` is a number (a bool is none)."""
    return (isinstance(value, (int, float)) and not isinstance(value, bool)) or _is_decimal(value)


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"


def fraction(value: Number) -> Fraction:
    """Return a number as the exact value of its 512 bits."""
    from fractions import Fraction

    if isinstance(value, Double):
        return Fraction(float(value))
    if isinstance(value, int):
        return Fraction(value) if value.bit_length() <= PRECISION else rounded(Fraction(value))
    return rounded(Fraction(repr(value) if isinstance(value, float) else value))


def rounded(value: Fraction) -> Fraction:
    """Return the value nearest to `value` that 512 bits can hold, the even one of two."""
    from fractions import Fraction

    top, bottom = abs(value.numerator), value.denominator
    if not top or (bottom & (bottom - 1) == 0 and top.bit_length() <= PRECISION):
        return value
    shift = PRECISION - (top.bit_length() - bottom.bit_length())
    mantissa, rest, divisor = _divided(top, bottom, shift)
    if mantissa.bit_length() > PRECISION:
        shift -= 1
        mantissa, rest, divisor = _divided(top, bottom, shift)
    if 2 * rest > divisor or (2 * rest == divisor and mantissa & 1):
        mantissa += 1
    result = Fraction(mantissa << -shift) if shift < 0 else Fraction(mantissa, 1 << shift)
    return -result if value < 0 else result


def _divided(top: int, bottom: int, shift: int) -> tuple[int, int, int]:
    divisor = bottom << -shift if shift < 0 else bottom
    return (*divmod(top << shift if shift > 0 else top, divisor), divisor)


def named(value: Fraction) -> Number:
    """Return the number whose 512 bits are `value`, under its shortest decimal."""
    from decimal import Decimal

    if value.denominator == 1 and value.numerator.bit_length() <= PRECISION:
        return value.numerator
    digits, exponent = shortest(value, PRECISION)
    sign = "-" if value < 0 else ""
    if exponent >= 0:
        return int(f"{sign}{digits}") * int(10**exponent)
    if len(digits) <= _SHORT and exponent > -300:
        return float(f"{sign}{digits}e{exponent}")
    return Decimal(f"{sign}{digits}e{exponent}")


def shortest(value: Fraction, precision: int) -> tuple[str, int]:
    """Return the fewest digits that name `value` among floats of `precision` bits, and the power of ten of the last."""
    top, bottom = abs(value.numerator), value.denominator
    size = int((top.bit_length() - bottom.bit_length()) * 0.30103)
    if abs(size) > MAX_EXPONENT:
        raise Boundless
    # The value and half a unit of its last bit, over one denominator.
    places = _DIGITS + 4 - size
    scaled = top * 10**places if places > 0 else top
    divisor = bottom if places > 0 else bottom * 10**-places
    bits = top.bit_length() - bottom.bit_length()
    if (top << max(0, -bits)) < (bottom << max(0, bits)):
        bits -= 1
    unit = precision - bits  # half a unit of the last bit is 2 ** -unit
    left, half = (scaled << unit, divisor) if unit > 0 else (scaled, divisor << -unit)
    half = half * 10**places if places > 0 else half
    divisor = divisor << unit if unit > 0 else divisor
    count = len(str(left // divisor))
    low, high = 1, _DIGITS + 4  # what names the value with some digits does so with more
    while low < high:
        middle = (low + high) // 2
        if _nearest(left, divisor, half, count - middle) is None:
            low = middle + 1
        else:
            high = middle
    dropped = max(0, count - low)
    digits = str(_nearest(left, divisor, half, dropped) or 0)
    short = digits.rstrip("0") or "0"
    return short, dropped - places + len(digits) - len(short)


def _nearest(left: int, divisor: int, half: int, dropped: int) -> int | None:
    """Return `left / divisor` rounded to a power of ten, as its multiple; None where that is more than `half` away."""
    unit = divisor * 10 ** max(0, dropped)
    whole, rest = divmod(left, unit)
    if 2 * rest > unit or (2 * rest == unit and whole & 1):
        whole += 1
    return whole if abs(whole * unit - left) <= half else None


def text(value: Number) -> str:
    """Return a number as Terraform writes it into a text: all digits, no exponent."""
    if isinstance(value, int):
        if value.bit_length() > 4 * MAX_EXPONENT:
            raise Boundless
        return str(value)
    written = repr(float(value)) if isinstance(value, float) else str(value)
    if "e" in written or "E" in written:
        from decimal import Decimal

        written = f"{Decimal(written):f}"
    return written.removesuffix(".0")


def plain(value: Number) -> int | float:
    """Return a number as other stages take it."""
    return value if isinstance(value, int) else float(value)


def _exact(value: Fraction) -> Number:
    return named(rounded(value))


def _small(first: Number, second: Number) -> bool:
    return type(first) is int and type(second) is int and max(first.bit_length(), second.bit_length()) <= 250


def add(first: Number, second: Number) -> Number:
    """Return the sum."""
    if _small(first, second):
        return first + second  # type: ignore[operator]
    return _exact(fraction(first) + fraction(second))


def subtract(first: Number, second: Number) -> Number:
    """Return the difference."""
    if _small(first, second):
        return first - second  # type: ignore[operator]
    return _exact(fraction(first) - fraction(second))


def multiply(first: Number, second: Number) -> Number:
    """Return the product."""
    if _small(first, second):
        return first * second  # type: ignore[operator]
    return _exact(fraction(first) * fraction(second))


def divide(first: Number, second: Number) -> Number:
    """Return the quotient; `ZeroDivisionError` where there is none."""
    if isinstance(first, int) and isinstance(second, int) and second and not first % second:
        return _exact(fraction(first // second)) if first.bit_length() > 250 else first // second
    return _exact(fraction(first) / fraction(second))


def remainder(first: Number, second: Number) -> Number:
    """Return what a division to a whole number leaves; it has the sign of `first`."""
    if _small(first, second) and second:
        left_over = abs(int(first)) % abs(int(second))
        return -left_over if first < 0 else left_over
    left, right = fraction(first), fraction(second)
    # Each step is rounded, as Terraform's are: a quotient next to a whole number is that number.
    return _exact(left - rounded(right * int(rounded(left / right))))


def negated(value: Number) -> Number:
    """Return the number with the other sign."""
    if not value:
        return -float(value)  # there are two zeros, and the text of one is `-0`
    return Double(-value) if isinstance(value, Double) else -value


def compare(first: Number, second: Number) -> int:
    """Return -1, 0 or 1."""
    if type(first) is int and type(second) is int:
        return (first > second) - (first < second)
    left, right = fraction(first), fraction(second)
    return (left > right) - (left < right)


def whole(value: Number) -> int:
    """Return a number that has to be a whole one; `ValueError` where it is not."""
    if isinstance(value, int):
        return value
    found = fraction(value)
    if found.denominator != 1:
        raise ValueError
    return found.numerator
