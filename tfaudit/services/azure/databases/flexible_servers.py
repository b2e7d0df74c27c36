"""What the flexible servers of PostgreSQL and MySQL have in common, by words that both their tables have."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.services.azure.choices import lower, switched


def public(source: str) -> Fact:
    """Return the fact that a server has a public address: it is said, or there is none inside a network."""

    def has_address(endpoint: Any, subnet: Any) -> Any:
        if endpoint is not None:
            return Said(switched(endpoint), by="endpoint")
        return None if subnet is None else Documented(False, source)

    return Fact(has_address, of=("endpoint", "subnet"), default=Documented(True, source))


def standby(source: str) -> Fact:
    """Return the fact that a server has a standby, in whichever zone."""

    def has_one(mode: Any) -> bool | None:
        return None if mode is None else lower(mode) != "disabled"

    return Fact(has_one, of=("standby",), default=Documented(False, source))
