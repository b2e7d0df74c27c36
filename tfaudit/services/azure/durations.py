"""ISO 8601 durations, in which Azure states how long and how often."""

from __future__ import annotations

import re
from typing import Any

_DURATION = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?P<time>[\dHMS.]+))?"
)
_DAYS = {"years": 365, "months": 30, "weeks": 7, "days": 1}


def days(value: Any) -> int | None:
    """Return the whole days of a duration such as `P90D` or `P1Y`, a month counted as 30; None for anything else."""
    found = _DURATION.fullmatch(str(value).strip().upper())
    if not found or len(str(value).strip()) < 3:
        return None
    return sum(int(found[unit] or 0) * length for unit, length in _DAYS.items())
