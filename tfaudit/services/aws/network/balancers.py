"""What balancers of every generation have in common: whether they face the internet."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View


def facing(documented: str) -> Fact:
    """Return the fact `network.public`; `documented` is the page that says that a balancer is public by default."""
    return Fact(
        terraform=_public,
        cloudformation="Scheme",
        api="Scheme",
        using=_faces_the_internet,
        default=Documented(True, documented),
    )


def _public(view: View) -> Reading:
    internal = view.read("internal")
    if internal.known:
        return Reading(not internal.value, internal.resource, internal.path)
    return internal


def _faces_the_internet(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() == "internet-facing"
