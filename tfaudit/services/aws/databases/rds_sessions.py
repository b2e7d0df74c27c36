"""After how many minutes an RDS database ends sessions in which nothing happens, by its parameter group."""

from __future__ import annotations

from functools import partial

from tfaudit.model.settings import Unknown
from tfaudit.reading.documented import Inapplicable
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
