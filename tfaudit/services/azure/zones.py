"""Availability zones that a resource is spread over."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved


def several(zones: Any) -> bool | None:
    """Return whether a list of zones holds more than one; None where it cannot be told."""
    if not isinstance(zones, list):
        return None
    told = {str(zone) for zone in zones if not isinstance(zone, (Unresolved, Reference))}
    return True if len(told) > 1 else None if len(told) < len(zones) else False
