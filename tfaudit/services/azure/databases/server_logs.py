"""What a database server writes to its log, as its parameters say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.databases.server_parameters import parameter

POSTGRESQL = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging"
_STATEMENTS = frozenset({"ddl", "mod", "all", "read", "write", "role", "function"})


def postgresql_events(companion: str) -> Callable[[View], Any]:
    """Return a spelling: connections, which are written by default, and statements, which have to be asked for."""

    def spelling(view: View) -> Any:
        events: list[Any] = []
        where: Reading | None = None
        for name, event, default in (
            ("log_connections", "connections", True),
            ("log_statement", "statements", False),
            ("pgaudit.log", "statements", False),
        ):
            reading = parameter(companion, name)(view)
            if isinstance(reading.value, (Unresolved, Reference)):
                events.append(reading.value)
            elif default if reading.absent else _on(reading.value):
                events.append(event)
            where = where if reading.absent or reading.resource is view.resource else reading
        events = [each for index, each in enumerate(events) if each not in events[:index]]
        if where is None:
            return Default(events, POSTGRESQL, view.resource, view.base)
        return Known(events, where.resource, where.path)

    return spelling


def mysql_events(companion: str) -> Callable[[View], Any]:
    """Return a spelling: what the audit log holds once it is switched on; `ABSENT` while it is not."""

    def spelling(view: View) -> Any:
        enabled = parameter(companion, "audit_log_enabled")(view)
        if isinstance(enabled.value, (Unresolved, Reference)):
            return enabled
        if enabled.absent or str(enabled.value).lower() != "on":
            return Known([], enabled.resource, enabled.path) if enabled.known else ABSENT
        chosen = parameter(companion, "audit_log_events")(view)
        if isinstance(chosen.value, (Unresolved, Reference)):
            return chosen
        words = str(chosen.value).upper() if chosen.known else "CONNECTION"
        kinds = (("CONNECTION", "connections"), ("DDL", "statements"))
        return Known([event for word, event in kinds if word in words], enabled.resource, enabled.path)

    return spelling


def _on(value: Any) -> bool:
    words = {word.strip() for word in str(value).lower().split(",")}
    return bool(words & ({"on", "true", "1"} | _STATEMENTS))
