"""Administrators of Entra ID, which are resources of their own beside a database server."""

from __future__ import annotations

from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import Absent
from tfaudit.reading.view import Some, View


def has_administrator(companions: tuple[str, ...], default: Documented) -> Fact:
    """Return the fact that the server has an administrator of Entra ID, declared as one of `companions`."""

    def joins(view: View) -> states.Reading:
        found = view.companions(*companions)
        for each in found.views:
            return Known(True, each.resource)
        return found.more if isinstance(found, Some) else Absent(view.resource, view.base)

    return Fact(joins=joins, of=("name",), default=default, beside=companions)
