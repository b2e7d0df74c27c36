"""Availability zones that a resource is spread over."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact


def several(zones: Any) -> bool | CannotTell | None:
    """Return whether a list of zones holds more than one."""
    if zones is None:
        return None
    if not isinstance(zones, list):
        return CannotTell(f"its zones {str(zones)[:80]!r} are not a list", "check it by hand")
    seen: set[str] = set()
    for zone in zones:
        seen.add(str(zone))
        if len(seen) > 1:
            return True
    return False


def zone_redundant(source: str) -> Fact:
    """Return the fact that the zones which the word `zones` lists are more than one."""
    return Fact(several, of=("zones",), default=Documented(False, source))
