"""After how many minutes a database ends sessions in which nothing happens: a parameter of PostgreSQL's."""

from __future__ import annotations

from tfaudit.model.settings import Known
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Documented
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.aws.databases.rds_oracle import Answer
from tfaudit.services.aws.databases.rds_parameters import holder_of, parameter

_PARAMETER = "idle_session_timeout"
_PAGE = "postgresql.org/docs/14/runtime-config-client.html: idle sessions are never ended"
_MILLISECONDS = 60_000


def idle_minutes(view: View) -> Answer:
    """Return after how many minutes an idle session is ended, 0 for never; policies ask it of PostgreSQL alone.

    The parameter is in milliseconds. Versions before 14 do not have it, and never end a session either.
    """
    found = parameter(holder_of(view), _PARAMETER)
    if isinstance(found, Known):
        stated = as_int(found.value)
        if stated is None:
            return CannotTell(
                f"{_PARAMETER} is {str(found.value)[:80]!r}, which is no number", "give a number"
            )
        # What is shorter than a minute counts as one: 0 stands for never.
        return Known(-(-stated // _MILLISECONDS), found.resource, found.path)
    return Documented(0, _PAGE) if isinstance(found, Absent) else found
