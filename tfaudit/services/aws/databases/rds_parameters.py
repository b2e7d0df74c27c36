"""How an RDS database encrypts connections: by its parameter group, or its engine's documented default.

Oracle is told by options and not by parameters: see `rds_oracle`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tfaudit.model.calls import Detail
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.databases import rds_oracle
from tfaudit.services.aws.databases.rds_sources import sources
from tfaudit.services.contents import not_known

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
# Parameters that are no switches, and what tells that they refuse plain connections.
_REFUSES: dict[str, Callable[[str], bool]] = {
    "tls": lambda value: value != "disabled",  # enabled, tls1.2+, fips-140-3 ...
    "db2comm": lambda value: value == "ssl",  # with tcpip beside it, plain ones are taken too
}
# Engine -> the parameter that names TLS versions, since when none below 1.2 is spoken, and the page that says so.
# Of Aurora MySQL before 8 its page has told different things, so that these are unknown.
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
_GROUPS = (
    "db_cluster_parameter_group_name",
    "DBClusterParameterGroupName",
    "parameter_group_name",
    "DBParameterGroupName",
)
_GROUP_TYPES = (
    "aws_db_parameter_group",
    "aws_rds_cluster_parameter_group",
    "AWS::RDS::DBParameterGroup",
    "AWS::RDS::DBClusterParameterGroup",
)

_GROUP_NAMES = ("name", "DBParameterGroupName", "DBClusterParameterGroupName")

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


def tls_required(view: View) -> Any:
    """Return whether plain connections are refused: a reading, or the documented default of engine and version."""
    engine = _engine(view)
    if isinstance(engine, Unresolved):
        return Reading(engine, view.resource, view.base)
    if engine.startswith("oracle-"):
        return rds_oracle.encryption_required(view)
    row = _ENGINES.get("sqlserver" if engine.startswith("sqlserver-") else engine)
    if row is None:
        why = Unresolved(
            f"tfaudit does not know how {engine} is told to refuse plain connections", "check it by hand"
        )
        return Reading(why, view.resource, view.base)
    parameter, since, source = row
    group = _group(view)
    found = _parameter(group, parameter)
    if found.absent:
        return _default(view, group, since, source)
    refuses = _REFUSES.get(parameter)
    if refuses and isinstance(found.value, str):
        return Reading(refuses(found.value.lower()), found.resource, found.path)
    return found


def tls_minimum(view: View) -> Any:
    """Return the oldest TLS version that is spoken: a parameter's, or the documented default of engine and version."""
    engine = _engine(view)
    if isinstance(engine, Unresolved):
        return Reading(engine, view.resource, view.base)
    if engine.startswith("oracle-"):
        return rds_oracle.tls_minimum(view)
    if engine.startswith("sqlserver-"):
        return _sql_server_minimum(view)
    row = _OLDEST.get(engine)
    if row is None:
        why = Unresolved(
            f"tfaudit does not know the oldest TLS version that {engine} speaks", "check it by hand"
        )
        return Reading(why, view.resource, view.base)
    found = _parameter(_group(view), row[0])
    if isinstance(found.value, str):
        versions = [told for part in found.value.split(",") if (told := as_tls(part))]
        return Reading(min(versions, default=found.value), found.resource, found.path)
    if not found.absent:
        return found
    return _oldest_by_default(view, engine)


def _oldest_by_default(view: View, engine: str) -> Any:
    parameter, since, source = _OLDEST[engine]
    version = _version(view)
    if version is None:
        why = Unresolved(
            f"it hangs on the version of {engine}, which is not told", "set the engine's version"
        )
        return Reading(why, view.resource, view.base)
    if engine == "aurora-mysql" and version < since:
        why = Unresolved(f"what {engine} of this version speaks is not documented alike", f"set {parameter}")
        return Reading(why, view.resource, view.base)
    return Default("1.2" if version >= since else "1.0", source, view.resource, view.base)


def _sql_server_minimum(view: View) -> Any:
    """Return the oldest TLS version that SQL Server speaks: 1.2 always, 1.1 and 1.0 where a parameter says so."""
    group = _group(view)
    for parameter, version in (("rds.tls10", "1.0"), ("rds.tls11", "1.1")):
        found = _parameter(group, parameter)
        word = str(found.value).lower()
        if found.absent or word == "default":
            spoken = _old_by_default(view)
            if spoken is None:
                because = (
                    f"whether TLS {version} is spoken hangs on the engine's exact version, which is not told"
                )
                why = Unresolved(because, f'set {parameter} to "disabled", or scan the live account')
                return Reading(why, view.resource, view.base)
            if spoken:
                return Default(version, _SQL_SERVER_TLS, view.resource, view.base)
        elif not found.known:
            return found
        elif word == "enabled":
            return Reading(version, found.resource, found.path)
    return Default("1.2", _SQL_SERVER_TLS, view.resource, view.base)


def _old_by_default(view: View) -> bool | None:
    """Return whether TLS 1.0 and 1.1 are on by default; None where the exact version is not told."""
    stated = _SQL_SERVER_BUILD.match(str(view.get("engine_version") or view.get("EngineVersion") or ""))
    last = _SQL_SERVER_OLD.get(int(stated[1])) if stated else None
    return None if stated is None or last is None else (int(stated[2]), int(stated[3])) <= last


def _engine(view: View) -> str | Unresolved:
    reading = view.first("engine", "Engine")
    if reading.absent:
        for source in sources(view):
            return _engine(source)
        return _engine_of_family(view)
    if isinstance(reading.value, (Unresolved, Reference)):
        return Unresolved(f"the engine is {reading.value}", "scan the plan or the live account")
    return str(reading.value).lower()


def _engine_of_family(view: View) -> str | Unresolved:
    """Return the engine that the parameter group is for, `postgres` of the family `postgres16`."""
    for path in _GROUPS:
        for target in view.targets(path, *_GROUP_TYPES, named=_GROUP_NAMES):
            family = re.match(r"[a-z][a-z-]*[a-z]", str(target.get("family") or target.get("Family") or ""))
            if family and family[0] in _ENGINES:
                return family[0]
    return Unresolved("the engine is not set", "scan the plan or the live account")


def _group(view: View) -> Reading:
    """Return the parameters of the database's group, or `ABSENT` where it has its engine's default group."""
    if view.dialect == "api":
        return view.first("describe_db_parameters/", "describe_db_cluster_parameters/")
    reading = view.first(*_GROUPS)
    if reading.absent:
        # A replica in the same region takes its source's group (API_CreateDBInstanceReadReplica).
        for source in sources(view):
            return _group(source)
    if reading.absent or str(reading.value).startswith("default."):
        return Reading(ABSENT, view.resource, view.base)
    for path in _GROUPS:
        for target in view.targets(path, *_GROUP_TYPES, named=_GROUP_NAMES):
            body = target.first("parameter", "Parameters")
            return body if not body.absent else Reading([], target.resource)
    why = Unresolved(f"its parameter group {reading.value} is not declared here", "scan the live account")
    return Reading(why, reading.resource, reading.path)


def _parameter(group: Reading, name: str) -> Reading:
    """Return the value of one parameter: from blocks, from an API's list of maps, or from a map by name."""
    value = group.value
    if isinstance(value, (Unresolved, Reference)):
        return group
    if isinstance(value, dict) and "Parameters" in value:
        return _parameter(Reading(value["Parameters"], group.resource, (*group.path, "Parameters")), name)
    if isinstance(value, dict) and not {"name", "ParameterName"} & value.keys():
        if name in value:
            return Reading(value[name], group.resource, (*group.path, name))
        return Reading(ABSENT, group.resource, group.path)
    return _listed_parameter(group, name)


def _listed_parameter(group: Reading, name: str) -> Reading:
    """Return the value of one parameter of a list; one whose name is not known may be it."""
    value = group.value
    items = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    perhaps: Reading | None = None
    for index, item in enumerate(items):
        where = (*group.path, index) if isinstance(value, list) else group.path
        if isinstance(item, (Unresolved, Reference)):
            return Reading(item, group.resource, where)
        named = (item.get("name"), item.get("ParameterName")) if isinstance(item, dict) else ()
        if unclear := not_known(named):
            perhaps = perhaps or Reading(unclear, group.resource, where)
        if name in named:
            for field in ("value", "ParameterValue"):
                if item.get(field) is not None:
                    return Reading(item[field], group.resource, (*where, field))
    return perhaps or Reading(ABSENT, group.resource, group.path)


def _default(view: View, group: Reading, since: tuple[int, ...] | None, source: str) -> Any:
    where = Reading(ABSENT, view.resource, view.base) if group.absent else group
    if since is None:
        return Default(False, source, where.resource, where.path)
    version = (0, 0) if since == (0,) else _version(view)
    if version is None:
        release = ".".join(map(str, since))
        why = Unresolved(
            f"plain connections are refused by default from version {release}, and the version is not told",
            "set the engine's version, or scan the live account",
        )
        return Reading(why, view.resource, view.base)
    return Default(version[: len(since)] >= since, source, where.resource, where.path)


def _version(view: View) -> tuple[int, ...] | None:
    """Return the engine's version; where it is not set, the one that the parameter group's family names."""
    stated = view.get("engine_version") or view.get("EngineVersion")
    if stated is None and view.first("engine_version", "EngineVersion").absent:
        for source in sources(view):
            return _version(source)
        for path in _GROUPS:
            for target in view.targets(path, *_GROUP_TYPES, named=_GROUP_NAMES):
                stated = stated or target.get("family") or target.get("Family")
    found = re.search(r"(\d+)(?:\.(\d+))?", str(stated or ""))
    return None if not found else (int(found[1]), int(found[2] or 0))
