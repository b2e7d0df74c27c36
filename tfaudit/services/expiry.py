"""After how many days a store deletes what it holds, of rules that each may be in force or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import Known
from tfaudit.reading.states import Absent, Pointer, Reading, Unknown
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View

FOR_EVER = 36_500
"""The days that stand for "kept until somebody deletes it"."""


def fewest_days(view: View, word: str, in_force: Callable[[Any], bool | None]) -> Reading:
    """Return the fewest days after which a rule deletes; absent where none does.

    The rows of `word` have the words `status`, of which `in_force` tells whether the rule holds, None where it is not
    stated, and `days`.
    """
    rules = view.rows(word)
    if not isinstance(rules, list):
        return rules
    fewest: Known | None = None
    open_: Reading | None = None
    for rule in rules:
        status, days = rule.word("status"), rule.word("days")
        stated = status.value if isinstance(status, Known) else None
        if isinstance(status, (Absent, Known)) and not in_force(stated):
            continue
        number = as_int(days.value) if isinstance(days, Known) else None
        if isinstance(days, (Pointer, Unknown)):
            open_ = days
        elif number is None or (fewest is not None and number >= fewest.value):
            continue
        elif isinstance(status, (Known, Absent)):
            fewest = Known(number, days.resource, days.path)
        else:  # with fewer days than another rule, and perhaps not in force
            open_ = status
    return open_ or fewest or Absent(view.resource, view.base)
