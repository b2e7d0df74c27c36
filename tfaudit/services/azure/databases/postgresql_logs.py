"""What a PostgreSQL server of Azure writes down about sessions and checkpoints, and whom it slows down: parameters."""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.states import Absent, Known, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.databases.server_logs import is_on
from tfaudit.services.azure.databases.server_parameters import parameter, set_by

_COMING, _GOING = "log_connections", "log_disconnections"


def _sessions(companions: tuple[str, ...]) -> Any:
    """Return what joins: whether both are written down. One that nothing sets is as the service makes it."""

    def joins(view: View) -> Any:
        found = [parameter(view, companions, name) for name in (_COMING, _GOING)]
        for each in found:
            if isinstance(each, Known) and not is_on(each.value):
                return Known(False, each.resource, each.path)
        for each in found:
            if isinstance(each, (Unknown, Pointer)):
                return each
        absent = next((each for each in found if isinstance(each, Absent)), None)
        return absent or Known(True, found[-1].resource, found[-1].path)

    return joins


def facts(
    companions: tuple[str, ...],
    throttle: str,
    logged: Documented | None = None,
    throttled: Documented | None = None,
) -> Facts:
    """Return the facts by parameters of the types `companions`; `throttle` is the one that slows down.

    `logged` is what holds of logs where nothing is set, `throttled` of that; None where no page of today says it.
    """
    return {
        "logs.sessions": Fact(joins=_sessions(companions), of=("name",), default=logged, beside=companions),
        "logs.checkpoints": _switch(companions, "log_checkpoints", logged),
        "connections.throttled": _switch(companions, throttle, throttled),
    }


def _switch(companions: tuple[str, ...], name: str, default: Documented | None) -> Fact:
    return set_by(companions, name, default, is_on)
