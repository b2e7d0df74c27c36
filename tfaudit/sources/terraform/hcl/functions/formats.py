"""`format` and `formatlist`, after go-cty's format.go, which leans on Go's fmt for numbers."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import (
    Number,
    fraction,
    is_number,
    whole,
)
from tfaudit.sources.terraform.hcl.conversion import Unfit, convert
from tfaudit.sources.terraform.hcl.decimals import fixed, general, scientific
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
            fixed(magnitude, precision)
            if verb.letter == "f"
            else scientific(magnitude, precision, verb.letter)
        )
    return _signed(verb, exact < 0, "", digits, zeros=True)


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
