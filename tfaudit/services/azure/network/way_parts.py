"""What the parts of a way are called, and whether they are switched off: routes, endpoints, origins, backends."""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.view import View


def switched_off(view: View) -> bool | None:
    """Return whether something is switched off by its word `enabled`; None where that is not known."""
    reading = view.word("enabled")
    match reading:
        case Absent():
            return False
        case Known(value=value):
            return str(value).lower() in ("false", "disabled")
        case Unknown() | Pointer():
            return None


def last_name(view: View) -> str:
    """Return the name of a part without those of what it is in; "" where it is not known."""
    match view.word("name"):
        case Known(value=str(value)):
            return value.rpartition("/")[2]
        case _:
            return ""
