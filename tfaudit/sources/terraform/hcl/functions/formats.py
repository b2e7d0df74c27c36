"""`format` and `formatlist`, after go-cty's format.go, which leans on Go's fmt for numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import (
    PRECISION,
    Double,
    Number,
    fraction,
    is_number,
    shortest,
    whole,
)
from tfaudit.sources.terraform.hcl.conversion import Unfit, convert
from tfaudit.sources.terraform.hcl.functions.encodings import json_text
from tfaudit.sources.terraform.hcl.functions.signature import (
    MAX_ITEMS,
    MAX_TEXT,
    Function,
    Refused,
    Unknown,
    countable,
    looking,
    need,
    shape,
    too_large,
)
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, List, Maybe, Set, is_known, made_from

_MAX_WIDTH = 10_000
_VERB = re.compile(r"%(?:%|([-+ #0]*+)(\d++)?(?:\.(\d++))?(?:\[(\d++)\])?([^\W\d_]))", re.ASCII)

if TYPE_CHECKING:
    from fractions import Fraction


class _Verb(Struct, frozen=True):
    flags: str
    width: int
    precision: int | None
    letter: str


def _format(pattern: Any, *arguments: Any) -> Any:
    need(pattern, *arguments)
    used: set[int] = set()
    parts: list[str] = []
    at, following, size = 0, 0, 0
    while (start := pattern.find("%", at)) >= 0:
        found = _VERB.match(pattern, start)
        if found is None:
            raise Refused("the pattern is no valid one")
        parts.append(pattern[at:start])
        at = found.end()
        if found[0] == "%%":
            parts.append("%")
            continue
        index = int(found[4]) - 1 if found[4] else following
        if not 0 <= index < len(arguments):
            raise Refused("there are too few arguments")
        used.add(index)
        following = index + 1
        parts.append(_formatted(_verb(found), arguments[index]))
        size += len(parts[-1])
        if size > MAX_TEXT:
            raise too_large()
    if len(arguments) > max(used, default=-1) + 1:
        raise Refused("there are too many arguments")
    return "".join((*parts, pattern[at:]))


def _verb(found: re.Match[str]) -> _Verb:
    width, precision = int((found[2] or "-1")[:9]), int(found[3][:9]) if found[3] else None
    if max(width, precision or 0) > _MAX_WIDTH:
        raise too_large()
    return _Verb(found[1], width, precision, found[5])


def _formatted(verb: _Verb, value: Any) -> str:
    need(value)
    if value is None:  # null of no type gives what is not known, and an error where it has one
        raise Unknown(Unresolved("null is formatted", SETTLE_APPLY))
    if verb.letter == "v":
        return _padded(verb, _as_it_is(verb, value))
    try:
        if verb.letter == "t":
            return "true" if convert(value, "bool") else "false"
        if verb.letter in "sq":
            return _text(verb, convert(value, "string"))
        if verb.letter in "bdoxX":
            return _integer(verb, whole(convert(value, "number")))
        if verb.letter in "eEfgG":
            return _decimal(verb, convert(value, "number"))
    except (Unfit, ValueError) as error:
        raise Refused("a value does not fit its verb") from error
    raise Refused("the pattern has an unknown verb")


def _as_it_is(verb: _Verb, value: Any) -> str:
    if "#" not in verb.flags and isinstance(value, str):
        return value
    if "#" not in verb.flags and is_number(value):
        return general(value, None, "g")
    return json_text(value)


def _text(verb: _Verb, text: str) -> str:
    from tfaudit.sources.terraform.hcl.functions.texts import characters

    if verb.precision:
        text = "".join(characters(text)[: verb.precision])
    return _padded(verb, json_text(text) if verb.letter == "q" else text)


def _padded(verb: _Verb, text: str) -> str:
    if verb.width < 0:
        return text
    from tfaudit.sources.terraform.hcl.functions.texts import characters

    missing = (" " if "0" not in verb.flags else "0") * (verb.width - len(characters(text)))
    return text + missing if "-" in verb.flags else missing + text


def _integer(verb: _Verb, value: int) -> str:
    digits = format(abs(value), verb.letter)
    if verb.precision is not None:
        digits = "" if not value and not verb.precision else digits.zfill(verb.precision)
    prefix = {"x": "0x", "X": "0X", "o": "0", "b": "0b"}.get(verb.letter, "") if "#" in verb.flags else ""
    return _signed(verb, value < 0, prefix, digits, verb.precision is None)


def _signed(verb: _Verb, negative: bool, prefix: str, digits: str, zeros: bool) -> str:
    sign = "-" if negative else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    missing = verb.width - len(sign) - len(prefix) - len(digits)
    if "-" in verb.flags:
        return sign + prefix + digits + " " * missing
    if "0" in verb.flags and zeros:
        return sign + prefix + "0" * missing + digits
    return " " * missing + sign + prefix + digits


def _decimal(verb: _Verb, value: Number) -> str:
    exact = fraction(value)
    magnitude = abs(exact)
    if verb.letter in "gG":
        if "#" in verb.flags:
            raise Unknown(Unresolved("a number is formatted with its zeros", SETTLE_APPLY))
        digits = general(value, verb.precision, verb.letter).removeprefix("-")
    else:
        precision = 6 if verb.precision is None else verb.precision
        digits = (
            _fixed(magnitude, precision)
            if verb.letter == "f"
            else _scientific(magnitude, precision, verb.letter)
        )
    return _signed(verb, exact < 0, "", digits, zeros=True)


def _fixed(value: Any, places: int) -> str:
    """Return a fraction, rounded half to even, with so many digits after the point."""
    text = str(_nearest(value * 10**places)).zfill(places + 1)
    return f"{text[:-places]}.{text[-places:]}" if places else text


def _nearest(value: Fraction) -> int:
    return round(value)


def _scientific(value: Any, places: int, letter: str) -> str:
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
        written = _scientific(abs(exact), precision - 1, "e")
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


def _format_list(pattern: Any, *arguments: Any) -> Any:
    need(pattern)
    lengths = set()
    for each in arguments:
        shape(each)
        if isinstance(each, Maybe):
            need(Unresolved("it depends on whether an instance of a resource exists", SETTLE_APPLY))
        if isinstance(each, Set):
            countable(each)
        if isinstance(each, list):
            lengths.add(len(each))
    if len(lengths) > 1:
        raise Refused("its lists have different lengths")
    count = lengths.pop() if lengths else 1
    if count > MAX_ITEMS:
        raise too_large()
    result: List = List()
    for at in range(count):
        values = [each[at] if isinstance(each, list) else each for each in arguments]
        if is_known(values):
            result.append(_format(pattern, *values))
        else:
            result.append(made_from(values, ""))
    if sum(len(each) for each in result if isinstance(each, str)) > MAX_TEXT:
        raise too_large()
    return result


FUNCTIONS: dict[str, Function] = {
    "format": looking(_format, "s", "a?"),
    "formatlist": looking(_format_list, "s", "a?"),
}
