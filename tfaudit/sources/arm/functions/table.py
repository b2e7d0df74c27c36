"""All functions that look at nothing but their arguments, by name."""

from __future__ import annotations

from tfaudit.sources.arm.functions import collections, logic, networks, numbers, texts
from tfaudit.sources.arm.functions.signature import Table

FUNCTIONS: Table = {
    **texts.TABLE,
    **collections.TABLE,
    **logic.TABLE,
    **numbers.TABLE,
    **networks.TABLE,
}
