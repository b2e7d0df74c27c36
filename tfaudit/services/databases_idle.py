"""After how many minutes a database ends sessions in which nothing happens, by its server's parameters.

PostgreSQL has one, of no effect inside a transaction. MySQL and MariaDB have two: which counts is for the
client to say, so that the longer decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import inapplicable
from tfaudit.reading.states import Absent, Reading
from tfaudit.reading.values import as_int

NO_SESSIONS = inapplicable("it has no setting that ends idle sessions: clients and their pools do")

POSTGRESQL = ("idle_session_timeout",)
"""In milliseconds, 0 for never; versions before 14 do not have it, and never end a session either."""
MYSQL = ("wait_timeout", "interactive_timeout")
"""In seconds, of clients that are programs and of those that say that a person is there."""
_NEVER = Documented(0, "postgresql.org/docs/14/runtime-config-client.html: idle sessions are never ended")
_EIGHT_HOURS = Documented(
    480, "dev.mysql.com/doc/refman/8.4/en/server-system-variables.html: wait_timeout, interactive_timeout"
)

Answer: TypeAlias = Reading | Documented


def of_postgresql(parameter: Callable[[str], Reading]) -> Answer:
    """Return after how many minutes PostgreSQL ends an idle session, 0 for never; `parameter` reads one by its name."""
    return _longest(parameter, POSTGRESQL, 60_000, _NEVER)


def of_mysql(parameter: Callable[[str], Reading]) -> Answer:
    """Return after how many minutes MySQL or MariaDB ends every idle session; `parameter` reads one by its name."""
    return _longest(parameter, MYSQL, 60, _EIGHT_HOURS)


def _longest(
    parameter: Callable[[str], Reading], names: tuple[str, ...], minute: int, default: Documented
) -> Answer:
    """Return the longest of what the parameters say, each by default as documented."""
    longest: Known | Documented | None = None
    for name in names:
        found = parameter(name)
        stated: Known | Documented = default
        if isinstance(found, Known):
            number = as_int(found.value)
            if number is None:
                because = f"{name} is {str(found.value)[:80]!r}, which is no number"
                return Unknown(because, "give a number", found.resource, found.path)
            # What is shorter than a minute counts as one: 0 stands for never.
            stated = Known(-(-number // minute), found.resource, found.path)
        elif not isinstance(found, Absent):
            return found
        if longest is None or stated.value > longest.value:
            longest = stated
    return longest or default
