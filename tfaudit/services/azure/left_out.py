"""Settings that some resources of a type do not have: a replica's, a server's without its own address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import NotApplicable
from tfaudit.reading.view import View


def unless(why: Callable[[View], str], spelling: str | Callable[[View], Any]) -> Callable[[View], Any]:
    """Return `spelling`, but not applicable wherever `why` gives a reason."""

    def told(view: View) -> Any:
        reason = why(view)
        if reason:
            return NotApplicable(reason, view.resource, view.base)
        return view.read(spelling) if isinstance(spelling, str) else spelling(view)

    return told


def replica(view: View) -> str:
    """Return why a replica is left out; "" for a server that is none."""
    mode = view.get("create_mode")
    return "it is a replica: its source is judged" if str(mode).lower() == "replica" else ""
