"""Writes one value in many ways that mean the same: as a person, a tool, or somebody who wants to hide it would."""

from __future__ import annotations

import codecs
import json
import re
from random import Random
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9./]*")
_JSON = "\\u00{:02x}"
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})

ENCODINGS = {
    "utf-8": b"",
    "utf-8 with a mark": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-16-le without a mark": b"",
    "utf-16-be without a mark": b"",
}


def encoded(text: str, name: str) -> bytes:
    """Return the text in one of `ENCODINGS`."""
    return ENCODINGS[name] + text.encode(name.partition(" ")[0])


def ended(text: str, dice: Random) -> str:
    """Return the text with line ends of one or of several systems."""
    kind = dice.choice(("\n", "\r\n", "\r", "mixed"))
    if kind == "mixed":
        return "".join(line + dice.choice(("\n", "\r\n", "\r")) for line in text.split("\n"))
    return text.replace("\n", kind)


def padding(dice: Random, size: int) -> str:
    """Return comments and blank lines of about `size` characters."""
    line = dice.choice(("# nothing but words\n", "\n", "#\n", "   # kind: Pod\n"))
    return line * (size // len(line))


def as_json(value: Any, dice: Random) -> str:
    """Return JSON: keys in any order, characters as escapes, more or less blanks."""
    if isinstance(value, dict):
        members = [
            f"{_escaped(name, dice, _JSON)}{_blank(dice)}:{_blank(dice)}{as_json(value[name], dice)}"
            for name in dice.sample(list(value), len(value))
        ]
        return "{" + _blank(dice) + ",".join(members) + _blank(dice) + "}"
    if isinstance(value, list):
        return "[" + ("," + _blank(dice)).join(as_json(each, dice) for each in value) + "]"
    return _escaped(value, dice, _JSON) if isinstance(value, str) else json.dumps(value)


def as_yaml(value: Any, dice: Random, indent: int = 0) -> str:
    """Return YAML for a value in a block, from the start of a line on."""
    margin = " " * indent
    lines = []
    items = (
        [(_key(name, dice), value[name]) for name in dice.sample(list(value), len(value))]
        if isinstance(value, dict)
        else [("-", each) for each in value]
    )
    for key, inner in items:
        if inner and isinstance(inner, (dict, list)) and dice.random() < 0.7:
            lines.append(f"{margin}{key}\n" + as_yaml(inner, dice, indent + dice.choice((1, 2, 4))))
        else:
            lines.append(f"{margin}{key} {_flow(inner, dice)}\n")
        if dice.random() < 0.1:
            lines.append(dice.choice(("\n", f"{margin}# a remark\n")))
    return "".join(lines)


def merged(value: dict[str, Any], dice: Random) -> str:
    """Return YAML in which a part of the outermost keys comes by a merge key."""
    moved = dice.sample(list(value), max(1, len(value) // 2))
    common = {name: value[name] for name in moved}
    rest = {name: inner for name, inner in value.items() if name not in moved}
    return f"x-common: &common\n{as_yaml(common, dice, 2)}<<: *common\n{as_yaml(rest, dice)}"


def _key(name: str, dice: Random) -> str:
    shown = _scalar(name, dice)
    return dice.choice(("", "", f"&k{dice.randrange(10**9)} ")) + shown + dice.choice((":", ":", " :", "\t:"))


def _flow(value: Any, dice: Random) -> str:
    if isinstance(value, dict):
        names = dice.sample(list(value), len(value))
        return "{" + ", ".join(f"{_scalar(name, dice)}: {_flow(value[name], dice)}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each, dice) for each in value) + "]"
    return _scalar(value, dice)


def _scalar(value: Any, dice: Random) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    ways = [f"'{value}'", json.dumps(value), f"!!str {json.dumps(value)}"]
    ways += [_escaped(value, dice, form) for form in ("\\x{:02x}", "\\u00{:02x}", "\\U000000{:02x}")]
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        ways += [value] * 4
    return dice.choice(ways)


def _escaped(text: str, dice: Random, form: str) -> str:
    share = dice.choice((0.0, 0.2, 1.0))
    return '"' + "".join(form.format(ord(each)) if dice.random() < share else each for each in text) + '"'


def _blank(dice: Random) -> str:
    return dice.choice(("", "", " ", "\n", "\t", "  \n "))
