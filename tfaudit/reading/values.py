"""Turns raw values into the types of the vocabulary, whatever spelling a provider uses for them."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.vocabulary.types import SettingType

_TLS = re.compile(r"(?i)tls[ _-]?v?1(?:[._]?([0123]))?(?![0-9])")
_SSL = re.compile(r"(?i)^ssl[ _-]?v?[23]")
# Providers count in 64 bits at most; what is larger would only make the arithmetic slow, or fail.
_LARGEST = 1 << 64
_TRUE = frozenset({"true", "yes", "on", "1", "enabled"})
_FALSE = frozenset({"false", "no", "off", "0", "disabled"})


def as_bool(value: Any) -> bool | None:
    """Return a truth value for true/false, their strings, on/off and Enabled/Disabled; None for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, str)):
        word = str(value).strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
    return None


def as_int(value: Any) -> int | None:
    """Return a whole number for ints, whole floats and decimal strings; None for anything else, and over 64 bits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        whole = isinstance(value, int) or value.is_integer()
        return int(value) if whole and abs(value) < _LARGEST else None
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value.strip()):
        return int(value)
    return None


def as_number(value: Any) -> float | None:
    """Return a number for numbers and decimal strings; None for anything else, and over 64 bits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < _LARGEST else None
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", value.strip()):
        return float(value)
    return None


def as_tls(value: Any) -> str | None:
    """Return "1.2" for `1.2`, `TLS1_2`, `TLSv1.2`, `TLS12` and the like, "SSL 3" for SSL of any version; else None."""
    text = str(value).strip()
    if re.fullmatch(r"1\.[0123]", text):
        return text
    if _SSL.search(text):
        return "SSL 3"
    found = _TLS.search(text)
    return f"1.{found[1] or 0}" if found else None


def as_list(value: Any) -> list[Any] | None:
    """Return a list for lists, tuples and sets, and a list of one for a scalar."""
    if isinstance(value, list):
        return value
    if isinstance(value, (tuple, set, frozenset)):
        return sorted(value, key=str)
    if isinstance(value, (str, int, float, Unresolved, Reference)):
        return [value]
    return None


def coerce(value: Any, kind: SettingType | None) -> Any:
    """Return `value` as the vocabulary's type, or None where it cannot be one."""
    match kind:
        case "bool":
            return as_bool(value)
        case "int":
            return as_int(value)
        case "number":
            return as_number(value)
        case "tls":
            return as_tls(value)
        case "list" | "set":
            return as_list(value)
        case "map":
            return value if isinstance(value, dict) else None
        case "str":
            return (
                value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else None
            )
        case _:
            return value
