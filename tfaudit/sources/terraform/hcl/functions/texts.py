"""Functions over texts."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.functions.signature import (
    MAX_TEXT,
    Function,
    Refused,
    Unknown,
    known,
    too_large,
)
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, List

# unicode.IsSpace of Go; str.strip() takes the separators of ASCII for spaces as well.
_SPACES = "\t\n\v\f\r \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_JOINING = frozenset({"Mn", "Mc", "Me", "Cf", "Sk", "Cs", "Cn"})


def characters(text: str) -> list[str]:
    """Return the characters as people count them; `Unknown` where that takes the tables of Unicode's clusters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if any(_joins(each) for each in text):
            because = "it holds characters made of several, which are not counted here"
            raise Unknown(Unresolved(because, SETTLE_APPLY))
    elif "\r\n" not in text:
        return list(text)
    return re.findall(r"\r\n|.", text, re.DOTALL)


def _joins(sign: str) -> bool:
    # Marks, joiners, flags' letters, Hangul's parts, and signs of scripts whose vowels stand before.
    code = ord(sign)
    return (code > 0x2FF and unicodedata.category(sign) in _JOINING) or (
        0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97F or 0xD7B0 <= code <= 0xD7FF
        or 0x1F1E6 <= code <= 0x1F1FF or code in (0x0E33, 0x0EB3)
    )  # fmt: skip


def _upper(text: str) -> str:
    return text.upper() if text.isascii() else "".join(map(_upper_sign, text))


def _upper_sign(sign: str) -> str:
    upper = sign.upper()
    return upper if len(upper) == 1 else _title_sign(sign)


def _title_sign(sign: str) -> str:
    title = sign.title()
    return title if len(title) == 1 else sign


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join(each.lower()[:1] for each in text)


def _title(text: str) -> str:
    """Return `text` with the first letter of each word large, as Go's strings.Title takes words."""
    found, before = [], " "
    for sign in text:
        found.append(_title_sign(sign) if _separates(before) else sign)
        before = sign
    return "".join(found)


def _separates(sign: str) -> bool:
    if sign.isascii():
        return not sign.isalnum() and sign != "_"
    return sign in _SPACES


def _indent(count: Any, text: str) -> str:
    width = _size(count)
    if width * text.count("\n") > MAX_TEXT:
        raise too_large()
    return text.replace("\n", "\n" + " " * width)


def _size(value: Any) -> int:
    from tfaudit.sources.terraform.hcl.arithmetic import whole

    size = whole(value)
    if size < 0:
        raise Refused("a size is negative")
    return size


def _join(sign: str, *lists: list[Any]) -> str:
    parts = [each for items in lists for each in items]
    if any(each is None for each in parts):
        raise Refused("an element is null")
    if sum(map(len, parts)) + len(sign) * len(parts) > MAX_TEXT:
        raise too_large()
    return sign.join(parts)


def _split(sign: str, text: str) -> List:
    return List(text.split(sign) if sign else list(text))


def _substr(text: str, offset: Any, length: Any) -> str:
    from tfaudit.sources.terraform.hcl.arithmetic import whole

    signs, start, width = characters(text), whole(offset), whole(length)
    if start < 0:
        start += len(signs)
        start = max(start, 0)
    return "".join(signs[start:] if width < 0 else signs[start : start + width])


def _replace(text: str, old: str, new: str) -> str:
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        from tfaudit.sources.terraform.hcl.functions.patterns import replaced

        return replaced(text, old[1:-1], new)
    count = text.count(old)
    if len(text) + count * (len(new) - len(old)) > MAX_TEXT:
        raise too_large()
    return text.replace(old, new)


FUNCTIONS: dict[str, Function] = {
    "chomp": known(lambda text: text.rstrip("\r\n"), "s"),
    "endswith": known(lambda text, end: text.endswith(end), "s s"),
    "indent": known(_indent, "n s"),
    "join": known(_join, "s", "ls"),
    "lower": known(_lower, "s"),
    "replace": known(_replace, "s s s"),
    "split": known(_split, "s s"),
    "startswith": known(lambda text, start: text.startswith(start), "s s"),
    "strcontains": known(lambda text, part: part in text, "s s"),
    "strrev": known(lambda text: "".join(reversed(characters(text))), "s"),
    "substr": known(_substr, "s n n"),
    "title": known(_title, "s"),
    "trim": known(lambda text, signs: text.strip(signs) if signs else text, "s s"),
    "trimprefix": known(lambda text, start: text.removeprefix(start), "s s"),
    "trimspace": known(lambda text: text.strip(_SPACES), "s"),
    "trimsuffix": known(lambda text, end: text.removesuffix(end), "s s"),
    "upper": known(_upper, "s"),
}
