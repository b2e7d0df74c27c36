"""What a database server writes to its log, as its parameters say."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.databases.server_parameters import parameter

POSTGRESQL = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging"
_STATEMENTS = frozenset({"ddl", "mod", "all", "read", "write", "role", "function"})


def postgresql_events(companions: tuple[str, ...]) -> Fact:
    """Return a fact: connections, which are written by default, and statements, which have to be asked for."""

    def joins(view: View) -> Known | Documented:
        events: list[Any] = []
        where: states.Reading | None = None
        for name, event, default in (
            ("log_connections", "connections", True),
            ("log_statement", "statements", False),
            ("pgaudit.log", "statements", False),
        ):
            reading = parameter(view, companions, name)
            match reading:
                case Known(value=value):
                    events += [event] if is_on(value) else []
                case Absent():
                    events += [event] if default else []
                case Pointer():
                    events.append(_open(reading.unknown))
                case Unknown():
                    events.append(_open(reading))
            if not isinstance(reading, Absent) and reading.resource is not view.resource:
                where = reading
        events = [each for index, each in enumerate(events) if each not in events[:index]]
        if where is None:
            return Documented(events, POSTGRESQL)
        return Known(events, where.resource, where.path)

    return Fact(joins=joins, of=("name",), beside=companions)


def _open(unknown: Unknown) -> Unresolved:
    return Unresolved(unknown.because, unknown.settle_with)


def mysql_events(companions: tuple[str, ...], default: Documented) -> Fact:
    """Return a fact: what the audit log holds once it is switched on; nothing while it is not."""

    def joins(view: View) -> states.Reading:
        enabled = parameter(view, companions, "audit_log_enabled")
        if not isinstance(enabled, Known):
            return enabled
        if str(enabled.value).lower() != "on":
            return Known([], enabled.resource, enabled.path)
        chosen = parameter(view, companions, "audit_log_events")
        if isinstance(chosen, (Unknown, Pointer)):
            return chosen
        words = str(chosen.value).upper() if isinstance(chosen, Known) else "CONNECTION"
        kinds = (("CONNECTION", "connections"), ("DDL", "statements"))
        return Known([event for word, event in kinds if word in words], enabled.resource, enabled.path)

    return Fact(joins=joins, of=("name",), default=default, beside=companions)


def is_on(value: Any) -> bool:
    """Return whether a parameter that is a switch, or a list of what is written down, is on."""
    words = {word.strip() for word in str(value).lower().split(",")}
    return bool(words & ({"on", "true", "1"} | _STATEMENTS))
