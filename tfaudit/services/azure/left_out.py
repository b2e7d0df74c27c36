"""Settings that replicas do not have: their source is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import ByPlane, Documented, Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.services.azure.choices import lower, switched

MODE = "create_mode"


def but_of_replicas(word: str, default: Documented | ByPlane, using: Callable[[Any], Any] = switched) -> Fact:
    """Return the fact `using(word)`, not applicable where the word `create_mode` makes it a replica."""

    def unless_replica(value: Any, mode: Any) -> Any:
        if lower(mode) == "replica":
            return Inapplicable("it is a replica: its source is judged")
        return Said(using(value), by=word)

    return Fact(unless_replica, of=(word, MODE), default=default)
