"""What balancers of every generation have in common: whether they face the internet."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.values import as_bool

FACING: Spelling = {"internal": aws("internal", NOTHING), "scheme": aws(NOTHING, "Scheme")}


def facing(documented: str) -> Fact:
    """Return the fact `network.public`; `documented` is the page that says that a balancer is public by default."""
    return Fact(_faces_the_internet, of=("internal", "scheme"), default=Documented(True, documented))


def _faces_the_internet(internal: Any, scheme: Any) -> Any:
    if internal is not None:
        flag = as_bool(internal)
        return str(internal) if flag is None else not flag
    return None if scheme is None else str(scheme).lower() == "internet-facing"
