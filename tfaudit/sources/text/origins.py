"""Which values of variables and parameters may be stated beside a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tfaudit.redaction import doubtful_name, redacted

_LONGEST = 120


def shown(value: Any, names: Iterable[str], read: Any) -> str:
    """Return a scalar that stands under `names` as a sentence states it, "" where it may be a secret.

    Switches and numbers are stated unless a name may be that of a secret; a text only where it is what was `read` for
    the setting (or an element of it), which the finding states itself.
    """
    if any(map(doubtful_name, names)):
        return ""
    if value is None:
        return "null"
    if isinstance(value, (bool, int, float)):
        return _text(value)
    if not isinstance(value, str) or len(value) > _LONGEST or redacted(value) != value:
        return ""
    known = read if isinstance(read, (list, tuple, set, frozenset)) else [read]
    return value if any(isinstance(each, _SCALARS) and _text(each) == value for each in known) else ""


_SCALARS = (str, bool, int, float)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
