"""ISO 8601 durations, in which Azure states how long and how often."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.reading.answers import CannotTell
from tfaudit.services.azure.choices import not_judged

_DURATION = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?P<time>[\dHMS.]+))?"
)
_DAYS = {"years": 365, "months": 30, "weeks": 7, "days": 1}


def days(value: Any) -> int | CannotTell | None:
    """Return the whole days of a duration such as `P90D` or `P1Y`, a month counted as 30."""
    if value is None:
        return None
    found = _DURATION.fullmatch(str(value).strip().upper())
    if not found or len(str(value).strip()) < 3:
        return not_judged(value)
    return sum(int(found[unit] or 0) * length for unit, length in _DAYS.items())
