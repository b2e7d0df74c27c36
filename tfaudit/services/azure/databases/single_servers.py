"""Azure Database's single servers (PostgreSQL, MySQL, MariaDB), as `database` assets.

Azure has retired them, and azurerm 5.0 knows them no more; older code still declares them. Their attributes are the
same for the three engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.databases import postgresql_logs
from tfaudit.services.azure.databases.administrators import has_administrator
from tfaudit.services.azure.databases.not_of_sql import NOT_OF_SQL
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import mysql_events, postgresql_events
from tfaudit.services.azure.databases.server_parameters import idle_minutes
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.left_out import but_of_replicas
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.provider import changed_long_ago_in
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down
from tfaudit.services.databases_idle import of_mysql, of_postgresql

READS = (
    "azurerm_postgresql_server",
    "azurerm_mysql_server",
    "azurerm_mariadb_server",
    "microsoft.dbforpostgresql/servers",
    "microsoft.dbformysql/servers",
    "microsoft.dbformariadb/servers",
)
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_postgresql_configuration": "server_name",
    "azurerm_postgresql_firewall_rule": "server_name",
    "azurerm_postgresql_server_key": "server_id",
    "azurerm_postgresql_active_directory_administrator": "server_name",
    "azurerm_mysql_configuration": "server_name",
    "azurerm_mysql_firewall_rule": "server_name",
    "azurerm_mysql_server_key": "server_id",
    "azurerm_mysql_active_directory_administrator": "server_name",
    "azurerm_mariadb_configuration": "server_name",
    "azurerm_mariadb_firewall_rule": "server_name",
    "microsoft.dbforpostgresql/servers/configurations": "parent",
    "microsoft.dbforpostgresql/servers/firewallrules": "parent",
    "microsoft.dbforpostgresql/servers/keys": "parent",
    "microsoft.dbforpostgresql/servers/administrators": "parent",
    "microsoft.dbformysql/servers/configurations": "parent",
    "microsoft.dbformysql/servers/firewallrules": "parent",
    "microsoft.dbformysql/servers/keys": "parent",
    "microsoft.dbformysql/servers/administrators": "parent",
    "microsoft.dbformariadb/servers/configurations": "parent",
    "microsoft.dbformariadb/servers/firewallrules": "parent",
}
ARM_TYPES = (
    "Microsoft.DBforPostgreSQL/servers",
    "Microsoft.DBforMySQL/servers",
    "Microsoft.DBforMariaDB/servers",
    "Microsoft.DBforPostgreSQL/servers/keys",
    "Microsoft.DBforMySQL/servers/keys",
)

_REGISTRY = "hashicorp/azurerm/3.116.0/docs/resources/{}_server"
_TEMPLATES = "learn.microsoft.com/azure/templates/microsoft.dbfor{}/servers"
_COPIES = {
    "postgresql": "learn.microsoft.com/azure/postgresql/single-server/concepts-backup",
    "mysql": "learn.microsoft.com/azure/mysql/single-server/concepts-backup",
    "mariadb": "learn.microsoft.com/azure/mariadb/concepts-backup",
}
_SECURITY = "learn.microsoft.com/azure/postgresql/single-server/concepts-security"
_ZONES = "learn.microsoft.com/azure/postgresql/single-server/concepts-high-availability"
_FIREWALL = "learn.microsoft.com/azure/postgresql/single-server/concepts-firewall-rules"
_LOGS = {
    "postgresql": ("PostgreSQLLogs",),
    "mysql": ("MySqlAuditLogs", "MySqlSlowLogs"),
    "mariadb": ("MySqlAuditLogs", "MySqlSlowLogs"),
}
_ENGINES = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb"}


TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("version", "properties.version"),
    # The key is a resource of its own, of another type for each engine, and a child in ARM.
    "postgresql_key": azure(
        "azurerm_postgresql_server_key/key_vault_key_id",
        "microsoft.dbforpostgresql/servers/keys/properties.uri",
    ),
    "mysql_key": azure(
        "azurerm_mysql_server_key/key_vault_key_id", "microsoft.dbformysql/servers/keys/properties.uri"
    ),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "create_mode": azure("create_mode", "properties.createMode"),
    "backup_days": azure(
        ("backup_retention_days", "storage_profile.backup_retention_days"),
        "properties.storageProfile.backupRetentionDays",
    ),
    "backup_elsewhere": azure(
        ("geo_redundant_backup_enabled", "storage_profile.geo_redundant_backup"),
        "properties.storageProfile.geoRedundantBackup",
    ),
    "tls": azure(("ssl_enforcement_enabled", "ssl_enforcement"), "properties.sslEnforcement"),
    "lowest_tls": azure("ssl_minimal_tls_version_enforced", "properties.minimalTlsVersion"),
    "password": azure("administrator_login_password", "properties.administratorLoginPassword"),
}
IDENTITY = tuple(RESOURCE)


def _lowest(version: Any) -> str | None:
    """Return the lowest version of TLS; where none is enforced, the lowest that there is."""
    if version is None:
        return None
    return "1.0" if str(version).lower() == "tlsenforcementdisabled" else str(version)


def _facts(engine: str) -> Facts:
    page = Cited(_REGISTRY.format(engine), _TEMPLATES.format(engine))
    type_ = f"microsoft.dbfor{engine}/servers"
    settings = (f"azurerm_{engine}_configuration", f"{type_}/configurations")
    copies = Cited(page.terraform, _COPIES[engine])
    kept = Fact("backup_days", default=Documented(7, copies))
    public = Fact("endpoint", default=Documented(True, page))
    rules = (f"azurerm_{engine}_firewall_rule", f"{type_}/firewallrules")
    sources = allowed_sources(rules, public, Documented([], _FIREWALL))
    dns = "postgres" if engine == "postgresql" else engine
    without = Documented(False, page)
    mariadb = engine == "mariadb"
    return {
        **NOT_OF_SQL,
        **(postgresql_logs.facts(settings, "connection_throttling") if engine == "postgresql" else {}),
        "engine": always(_ENGINES[engine], page),
        "session.idle_minutes": idle_minutes(of_postgresql if engine == "postgresql" else of_mysql, settings),
        "version": Fact("version"),
        "encryption.at_rest": always(True, _SECURITY),
        "encryption.customer_managed_key": (
            inapplicable("MariaDB servers of Azure take no key of the customer's")
            if mariadb
            else stated(f"{engine}_key", default=Documented(False, Cited(page.terraform, _SECURITY)))
        ),
        "network.public": public,
        "network.private_endpoint": has_private_endpoint(type_),
        "network.allowed_sources": sources,
        **store_ways.facts(Store(type_, (f"{dns}.database.azure.com",), False, public, sources)),
        "backup.enabled": always(True, copies),
        "backup.retention_days": kept,
        "backup.cross_region": but_of_replicas("backup_elsewhere", Documented(False, copies)),
        "tls.required": Fact("tls"),
        "tls.min_version": Fact(
            _lowest,
            of=("lowest_tls",),
            default=ByPlane(terraform=changed_long_ago_in(3, "1.0", "1.2", page.terraform)),
        ),
        "audit.events": (
            postgresql_events(settings)
            if engine == "postgresql"
            else mysql_events(settings, Documented([], page))
        ),
        "logs.enabled": logged(*_LOGS[engine], arm_type=type_),
        "ha.multi_zone": always(False, _ZONES),
        "auth.iam": (
            inapplicable("MariaDB servers of Azure know no identities of the directory")
            if mariadb
            else has_administrator(
                (f"azurerm_{engine}_active_directory_administrator", f"{type_}/administrators"), without
            )
        ),
        "inline_secrets": written_down("password"),
        "auto_minor_upgrade": always(True, page),
        "deletion_protection": DELETION_PROTECTION,
        "tags": TAGS,
    }


_TYPES = {f"azurerm_{engine}_server": f"microsoft.dbfor{engine}/servers" for engine in _ENGINES}
_TYPES |= {type_: type_ for type_ in _TYPES.values()}
_OF_TYPE = {f"microsoft.dbfor{engine}/servers": _facts(engine) for engine in _ENGINES}
SERVERS = {type_: _OF_TYPE[arm_type] for type_, arm_type in _TYPES.items()}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    type_ = view.resource.type
    yield asset("database", view, SERVERS[type_], named(view, _TYPES[type_]))
