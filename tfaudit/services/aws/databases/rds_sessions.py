"""When an RDS database ends sessions, and whether its log says who comes and goes, by its parameter group."""

from __future__ import annotations

from functools import partial

from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services import databases_idle
from tfaudit.services.aws.databases.rds_oracle import Answer
from tfaudit.services.aws.databases.rds_parameters import engine_of, holder_of, parameter

_BY_ENGINE = {
    "postgres": databases_idle.of_postgresql,
    "aurora-postgresql": databases_idle.of_postgresql,
    "mysql": databases_idle.of_mysql,
    "mariadb": databases_idle.of_mysql,
    "aurora-mysql": databases_idle.of_mysql,
    "aurora": databases_idle.of_mysql,
}


def idle_minutes(view: View) -> Answer:
    """Return after how many minutes an idle session is ended, 0 for never."""
    engine = engine_of(view)
    if isinstance(engine, Unknown):
        return engine
    read = _BY_ENGINE.get(engine)
    if read is None:
        return Inapplicable(f"{engine} has no parameter that ends idle sessions")
    return read(partial(parameter, holder_of(view)))


_POSTGRESQL = ("postgres", "aurora-postgresql")
_LOG = "www.postgresql.org/docs/current/runtime-config-logging.html"


def logged(view: View) -> Answer:
    """Return whether the log says who connected and who left: PostgreSQL has a parameter for each, off by itself."""
    engine = engine_of(view)
    if isinstance(engine, Unknown):
        return engine
    if engine not in _POSTGRESQL:
        return Inapplicable(f"{engine} has no setting for whether its log says who comes and goes")
    holder = holder_of(view)
    found = [parameter(holder, name) for name in ("log_connections", "log_disconnections")]
    for each in found:
        if isinstance(each, Known) and str(each.value).lower() in _OFF:
            return Known(False, each.resource, each.path)
    for each in found:
        if isinstance(each, Absent):
            return Default(False, _LOG, each.resource, each.path)
        if not isinstance(each, Known):
            return each
    return Known(True, found[0].resource, found[0].path)


_OFF = ("", "0", "off", "false", "no")
