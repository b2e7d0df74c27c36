"""Which logs an RDS database sends to CloudWatch Logs, and what each records."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.states import Reading
from tfaudit.reading.view import View
from tfaudit.services.contents import holds

# What each exported log tells of, after docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html.
_LOG_EVENTS = {
    "audit": {"connections", "statements"},
    "postgresql": {"connections"},
    "general": {"connections", "statements"},
    "error": {"admin"},
    "alert": {"admin"},
    "trace": {"admin"},
    "listener": {"connections"},
    "slowquery": {"statements"},
    "upgrade": {"admin"},
    "agent": {"admin"},
    "iam-db-auth-error": {"connections"},
}


def exporting(view: View) -> Reading:
    """Return whether any log is exported; one whose name is not known may turn out as nothing."""
    exports = view.word("exports")
    if isinstance(exports, Known) and isinstance(exports.value, list):
        return Known(holds(exports.value), exports.resource, exports.path)
    return exports


def events(view: View) -> Reading:
    """Return of what the exported logs tell; beside it stands each log whose name is not known."""
    exports = view.word("exports")
    if not isinstance(exports, Known):
        return exports
    names: list[Any] = exports.value if isinstance(exports.value, list) else [exports.value]
    open_ = [each for each in names if isinstance(each, (Unresolved, Reference))]
    found = {event for each in names if each not in open_ for event in _LOG_EVENTS.get(str(each), ())}
    return Known([*sorted(found), *open_], exports.resource, exports.path)
