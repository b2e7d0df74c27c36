"""Numbers as Go's verbs write them: `%f`, `%e` and `%g`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.sources.terraform.hcl.arithmetic import PRECISION, Double, Number, fraction, shortest

if TYPE_CHECKING:
    from fractions import Fraction


def fixed(value: Any, places: int) -> str:
    """Return a fraction, rounded half to even, with so many digits after the point."""
    text = str(_nearest(value * 10**places)).zfill(places + 1)
    return f"{text[:-places]}.{text[-places:]}" if places else text


def _nearest(value: Fraction) -> int:
    return round(value)


def scientific(value: Any, places: int, letter: str) -> str:
    """Return a positive fraction, rounded half to even: one digit, `places` after its point, and its exponent."""
    from fractions import Fraction

    if not value:
        return _with_exponent("0" * (places + 1), 0, letter)
    exponent = len(str(value.numerator // value.denominator)) - 1 if value >= 1 else 0
    while value * 10**-exponent < 1:
        exponent -= 1
    scaled = value * Fraction(10) ** (places - exponent)
    digits = str(_nearest(scaled))
    if len(digits) > places + 1:
        exponent += 1
        digits = digits[:-1]
    return _with_exponent(digits, exponent, letter)


def _with_exponent(digits: str, exponent: int, letter: str) -> str:
    mantissa = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{mantissa}{letter}{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def general(value: Number, precision: int | None, letter: str) -> str:
    """Return a number as Go's `%g`: with an exponent where it is large or small."""
    exact = fraction(value)
    sign = "-" if exact < 0 else ""
    if not exact:
        return "0"
    if precision is None:
        digits, exponent = shortest(exact, 53 if isinstance(value, Double) else PRECISION)
        limit = 6
    else:
        precision = precision or 1
        written = scientific(abs(exact), precision - 1, "e")
        mantissa, _, power = written.partition("e")
        digits = mantissa.replace(".", "").rstrip("0") or "0"
        exponent = int(power) - len(digits) + 1
        limit = len(digits) if precision > len(digits) >= len(digits) + exponent else precision
    point = len(digits) + exponent  # where the point stands, counted from the first digit
    if point - 1 < -4 or point - 1 >= limit:
        return sign + _with_exponent(digits, point - 1, "E" if letter == "G" else "e")
    if exponent >= 0:
        return sign + digits + "0" * exponent
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    return f"{sign}{digits[:point]}.{digits[point:]}"
