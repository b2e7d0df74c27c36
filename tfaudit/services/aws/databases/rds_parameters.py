"""How an RDS database encrypts connections: by its parameter group, or its engine's documented default.

Oracle has options for it instead of parameters: see `rds_oracle`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tfaudit.model.calls import Detail
from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Documented
from tfaudit.reading.inventory import walk
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading, state
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import View
from tfaudit.services.aws.databases import rds_oracle
from tfaudit.services.aws.databases.rds_oracle import Answer, not_declared, value_of
from tfaudit.services.aws.databases.rds_sources import origins
from tfaudit.services.aws.databases.rds_words import PARAMETER, empty

_POSTGRESQL = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html"
_AURORA_POSTGRESQL = "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html"
_MYSQL = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html"
_MYSQL_TLS = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.SSLSupport.html"
_MARIADB = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html"
_AURORA_MYSQL = "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html"
_DB2 = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Db2.Concepts.SSL.html"
_DOCUMENTDB = "docs.aws.amazon.com/documentdb/latest/devguide/security.encryption.ssl.html"
_NEPTUNE = "docs.aws.amazon.com/neptune/latest/userguide/security-ssl.html"
_SQL_SERVER = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html"
_SQL_SERVER_TLS = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Ciphers.html"

# Engine -> the parameter that refuses plain connections, since which version it is on by default (None: never), and the
# page that says so.
_ENGINES: dict[str, tuple[str, tuple[int, ...] | None, str]] = {
    "postgres": ("rds.force_ssl", (15,), _POSTGRESQL),
    "aurora-postgresql": ("rds.force_ssl", (17,), _AURORA_POSTGRESQL),
    "mysql": ("require_secure_transport", None, _MYSQL),
    "mariadb": ("require_secure_transport", (11, 8), _MARIADB),
    "aurora-mysql": ("require_secure_transport", (8, 4), _AURORA_MYSQL),
    "aurora": ("require_secure_transport", None, _AURORA_MYSQL),
    "sqlserver": ("rds.force_ssl", None, _SQL_SERVER),
    "db2-se": ("db2comm", None, _DB2),
    "db2-ae": ("db2comm", None, _DB2),
    # Served by the same calls of the API; on in every version.
    "docdb": ("tls", (0,), _DOCUMENTDB),
    "neptune": ("neptune_enforce_ssl", (0,), _NEPTUNE),
}
# Parameters that are no switches, and with what value they refuse plain connections.
_REFUSES: dict[str, Callable[[str], bool]] = {
    "tls": lambda value: value != "disabled",  # enabled, tls1.2+, fips-140-3 ...
    "db2comm": lambda value: value == "ssl",  # with tcpip beside it, plain ones are taken too
}
# Engine -> the parameter that names TLS versions, since when none below 1.2 is spoken, and the page that says so.
# Of Aurora MySQL before 8 its page has said different things, so that these are unknown.
_OLDEST: dict[str, tuple[str, tuple[int, ...], str]] = {
    "postgres": ("ssl_min_protocol_version", (13,), "postgresql.org/docs/13/runtime-config-connection.html"),
    "aurora-postgresql": (
        "ssl_min_protocol_version",
        (13,),
        "postgresql.org/docs/13/runtime-config-connection.html",
    ),
    "mysql": ("tls_version", (8,), _MYSQL_TLS),
    "aurora-mysql": ("tls_version", (8,), _AURORA_MYSQL),
}
# SQL Server's versions, each with the last build of which the old TLS versions are on by default (_SQL_SERVER_TLS).
_SQL_SERVER_OLD = {16: (4120, 1), 15: (4365, 2), 14: (3465, 1), 13: (6435, 1), 12: (6449, 1)}
_SQL_SERVER_BUILD = re.compile(r"(\d+)\.00\.(\d+)\.(\d+)")
_GROUP_TYPES = (
    "aws_db_parameter_group",
    "aws_rds_cluster_parameter_group",
    "AWS::RDS::DBParameterGroup",
    "AWS::RDS::DBClusterParameterGroup",
)
_GROUP_NAMES = ("name", "DBParameterGroupName", "DBClusterParameterGroupName")
_GROUP: Spelling = {
    "family": aws("family", "Family", NOTHING),
    "parameters": aws("parameter", NOTHING, rows=PARAMETER),
    "parameter_map": aws(NOTHING, "Parameters", NOTHING),
}
WORDS = ("engine", "version", "origin", "parameter_group", "parameters", "option_group", "options")

DB_PARAMETERS = Detail(
    "describe_db_parameters",
    {"DBParameterGroupName": "DBParameterGroups.0.DBParameterGroupName"},
    permission="rds:DescribeDBParameters",
    items="Parameters",
)
CLUSTER_PARAMETERS = Detail(
    "describe_db_cluster_parameters",
    {"DBClusterParameterGroupName": "DBClusterParameterGroup"},
    permission="rds:DescribeDBClusterParameters",
    items="Parameters",
)


def tls_required(view: View) -> Answer:
    """Return whether plain connections are refused: a parameter, or the documented default of engine and version."""
    engine = engine_of(view)
    if isinstance(engine, Unknown):
        return engine
    if engine.startswith("oracle-"):
        return rds_oracle.encryption_required(view)
    row = _ENGINES.get("sqlserver" if engine.startswith("sqlserver-") else engine)
    if row is None:
        because = f"tfaudit does not know how {engine} is told to refuse plain connections"
        return CannotTell(because, "check it by hand")
    name, since, source = row
    holder = holder_of(view)
    found = parameter(holder, name)
    if isinstance(found, Absent):
        return _default(view, holder, since, source)
    refuses = _REFUSES.get(name)
    if refuses and isinstance(found, Known) and isinstance(found.value, str):
        return Known(refuses(found.value.lower()), found.resource, found.path)
    return found


def tls_minimum(view: View) -> Answer:
    """Return the oldest TLS version that is spoken: a parameter's, or the documented default of engine and version."""
    engine = engine_of(view)
    if isinstance(engine, Unknown):
        return engine
    if engine.startswith("oracle-"):
        return rds_oracle.tls_minimum(view)
    if engine.startswith("sqlserver-"):
        return _sql_server_minimum(view)
    row = _OLDEST.get(engine)
    if row is None:
        because = f"tfaudit does not know the oldest TLS version that {engine} speaks"
        return CannotTell(because, "check it by hand")
    found = parameter(holder_of(view), row[0])
    if isinstance(found, Known) and isinstance(found.value, str):
        versions = [version for part in found.value.split(",") if (version := as_tls(part))]
        return Known(min(versions, default=found.value), found.resource, found.path)
    return _oldest_by_default(view, engine) if isinstance(found, Absent) else found


def _oldest_by_default(view: View, engine: str) -> Answer:
    name, since, source = _OLDEST[engine]
    version = _version(view)
    if version is None:
        because = f"it hangs on the version of {engine}, which is not known"
        return CannotTell(because, "set the engine's version")
    if engine == "aurora-mysql" and version < since:
        because = f"what {engine} of this version speaks is not documented alike"
        return CannotTell(because, f"set {name}")
    return Documented("1.2" if version >= since else "1.0", source)


def _sql_server_minimum(view: View) -> Answer:
    """Return the oldest TLS version that SQL Server speaks: 1.2 always, 1.1 and 1.0 where a parameter says so."""
    holder = holder_of(view)
    for name, version in (("rds.tls10", "1.0"), ("rds.tls11", "1.1")):
        found = parameter(holder, name)
        if isinstance(found, (Unknown, Pointer)):
            return found
        word = "default" if isinstance(found, Absent) else str(found.value).lower()
        if word == "enabled":
            return Known(version, found.resource, found.path)
        if word == "default" and (spoken := _old_by_default(view)) is not False:
            if spoken:
                return Documented(version, _SQL_SERVER_TLS)
            because = (
                f"whether TLS {version} is spoken hangs on the engine's exact version, which is not known"
            )
            return CannotTell(because, f'set {name} to "disabled", or scan the live account')
    return Documented("1.2", _SQL_SERVER_TLS)


def _old_by_default(view: View) -> bool | None:
    """Return whether TLS 1.0 and 1.1 are on by default; None where the exact version is not known."""
    version = view.word("version")
    stated = _SQL_SERVER_BUILD.match(str(version.value)) if isinstance(version, Known) else None
    last = _SQL_SERVER_OLD.get(int(stated[1])) if stated else None
    return None if stated is None or last is None else (int(stated[2]), int(stated[3])) <= last


def engine_of(view: View) -> str | Unknown:
    """Return the engine of a database, that of its source or of its parameter group's family where it says none."""
    engine = view.word("engine")
    match engine:
        case Known(value=value):
            return str(value).lower()
        case Unknown(because=because, settle_with=settle):
            return Unknown(f"the engine is not known: {because}", settle, engine.resource, engine.path)
        case Pointer(reference=reference):
            return Unknown(f"the engine is {reference}", SETTLE, engine.resource, engine.path)
        case Absent():
            return next((engine_of(each) for each in origins(view)), None) or _engine_of_family(view)


def _engine_of_family(view: View) -> str | Unknown:
    """Return the engine that the parameter group is for, `postgres` of the family `postgres16`."""
    for family in _families(view):
        engine = re.match(r"[a-z][a-z-]*[a-z]", family)
        if engine and engine[0] in _ENGINES:
            return engine[0]
    return Unknown("the engine is not set", SETTLE, view.resource, view.base)


def _groups(view: View) -> list[View]:
    """Return the parameter group that code names."""
    found = view.leads_to("parameter_group", *_GROUP_TYPES, named=_GROUP_NAMES)
    return [each.spelled(_GROUP) for each in found]


def _families(view: View) -> list[str]:
    found = [each.word("family") for each in _groups(view)]
    return [str(each.value) for each in found if isinstance(each, Known)]


def holder_of(view: View) -> View | Absent | Unknown:
    """Return what states the parameters: an API's answer itself, or the group that code names.

    `Absent` where the database has its engine's default group.
    """
    if not isinstance(view.word("parameters"), Absent):
        return view
    named = view.word("parameter_group")
    if empty(named):
        # A replica in the same region takes its source's group (API_CreateDBInstanceReadReplica).
        return next((holder_of(each) for each in origins(view)), Absent(view.resource, view.base))
    if isinstance(named, Known) and str(named.value).startswith("default."):
        return Absent(view.resource, view.base)
    return next(iter(_groups(view)), None) or not_declared(named, "parameter group")


def parameter(holder: View | Absent | Unknown, name: str) -> Reading:
    """Return the value of one parameter; one whose name is not known may be it."""
    if not isinstance(holder, View):
        return holder
    by_name = holder.word("parameter_map")
    if isinstance(by_name, Known):
        value, taken = walk(by_name.value, (name,))
        return state(value, by_name.resource, (*by_name.path, *taken))
    if not isinstance(by_name, Absent):
        return by_name
    return value_of(holder.rows("parameters"), name) or Absent(holder.resource, holder.base)


def _default(
    view: View, holder: View | Absent | Unknown, since: tuple[int, ...] | None, source: str
) -> Answer:
    """Return what the engine does by itself, at the group that leaves it open."""
    where: Reading = Absent(view.resource, view.base)
    if isinstance(holder, View):
        found = [holder.word("parameters"), holder.word("parameter_map")]
        where = next((each for each in found if not isinstance(each, Absent)), found[0])
    if since is None:
        return Default(False, source, where.resource, where.path)
    version = (0, 0) if since == (0,) else _version(view)
    if version is None:
        release = ".".join(map(str, since))
        because = (
            f"plain connections are refused by default from version {release}, and the version is not known"
        )
        return CannotTell(because, "set the engine's version, or scan the live account")
    return Default(version[: len(since)] >= since, source, where.resource, where.path)


def _version(view: View) -> tuple[int, ...] | None:
    """Return the engine's version; where it is not set, the one that the parameter group's family names."""
    version = view.word("version")
    stated = ""
    if isinstance(version, Known):
        stated = str(version.value)
    elif isinstance(version, Absent):
        for origin in origins(view):
            return _version(origin)
        stated = next(iter(_families(view)), "")
    found = re.search(r"(\d+)(?:\.(\d+))?", stated)
    return None if not found else (int(found[1]), int(found[2] or 0))
