"""Which values of variables and parameters may be stated beside a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tfaudit.redaction import doubtful_name, redacted

_LONGEST = 120
_BITS = 256


def shown(value: Any, names: Iterable[str], read: Any) -> str:
    """Return a scalar that stands under `names` as a sentence states it, "" where it may be a secret.

    A switch is stated unless a name may be that of a secret; a number or text only where it is what was `read` for the
    setting (or an element of it), which the finding states itself.
    """
    if any(map(doubtful_name, names)):
        return ""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return _text(value)
    if not isinstance(value, _SCALARS):
        return ""
    text = _text(value)
    if len(text) > _LONGEST or redacted(text) != text:
        return ""
    known = read if isinstance(read, (list, tuple, set, frozenset)) else [read]
    return text if any(isinstance(each, _SCALARS) and _text(each) == text for each in known) else ""


_SCALARS = (str, bool, int, float)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    # Python refuses to write out integers of many thousand digits.
    return str(value) if not isinstance(value, int) or value.bit_length() < _BITS else ""
