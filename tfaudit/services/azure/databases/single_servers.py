"""Azure Database's single servers (PostgreSQL, MySQL, MariaDB), as `database` assets.

Azure has retired them, and azurerm 5.0 knows them no more; older code still declares them. Their attributes are the
same for the three engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact, Facts
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import mysql_events, postgresql_events
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.left_out import replica, unless
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.provider import changed_long_ago_in
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_postgresql_server", "azurerm_mysql_server", "azurerm_mariadb_server")
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
}

_REGISTRY = "hashicorp/azurerm/3.116.0/docs/resources/{}_server"
_SECURITY = "learn.microsoft.com/azure/postgresql/single-server/concepts-security"
_ZONES = "learn.microsoft.com/azure/postgresql/single-server/concepts-high-availability"
_FIREWALL = "learn.microsoft.com/azure/postgresql/single-server/concepts-firewall-rules"
_LOGS = {
    "postgresql": ("PostgreSQLLogs",),
    "mysql": ("MySqlAuditLogs", "MySqlSlowLogs"),
    "mariadb": ("MySqlAuditLogs", "MySqlSlowLogs"),
}
_ENGINES = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb"}


def _public(view: View) -> Any:
    return view.read("public_network_access_enabled")


def _minimum_tls(page: str) -> Any:
    def spelling(view: View) -> Any:
        reading = view.read("ssl_minimal_tls_version_enforced")
        return changed_long_ago_in(view, 3, "1.0", "1.2", page) if reading.absent else reading

    return spelling


def _entra(engine: str) -> Any:
    def spelling(view: View) -> Any:
        found, unsure = view.companions(f"azurerm_{engine}_active_directory_administrator")
        return Known(True, found[0].resource) if found else Reading(unsure or ABSENT, view.resource)

    return spelling


def _facts(engine: str) -> Facts:
    page = _REGISTRY.format(engine)
    type_ = f"microsoft.dbfor{engine}/servers"
    settings = f"azurerm_{engine}_configuration"
    events = postgresql_events(settings) if engine == "postgresql" else mysql_events(settings)
    mariadb = engine == "mariadb"
    key = Fact(
        terraform=f"azurerm_{engine}_server_key/key_vault_key_id",
        set_means=True,
        default=Documented(False, page),
    )
    return {
        "engine": Fact(always=Documented(_ENGINES[engine], page)),
        "version": Fact(terraform="version"),
        "encryption.at_rest": Fact(always=Documented(True, _SECURITY)),
        "encryption.customer_managed_key": (
            Fact(not_applicable="MariaDB servers of Azure take no key of the customer's") if mariadb else key
        ),
        "network.public": Fact(terraform=_public, default=Documented(True, page)),
        "network.allowed_sources": Fact(
            terraform=allowed_sources(f"azurerm_{engine}_firewall_rule", _FIREWALL, _public, [])
        ),
        "backup.enabled": Fact(always=Documented(True, page)),
        "backup.retention_days": Fact(terraform="backup_retention_days", default=Documented(7, page)),
        "backup.pitr": Fact(always=Documented(True, page)),
        "backup.pitr_days": Fact(terraform="backup_retention_days", default=Documented(7, page)),
        "backup.cross_region": Fact(
            terraform=unless(replica, "geo_redundant_backup_enabled"), default=Documented(False, page)
        ),
        "backup.encrypted": Fact(always=Documented(True, _SECURITY)),
        "tls.required": Fact(terraform="ssl_enforcement_enabled"),
        "tls.min_version": Fact(
            terraform=_minimum_tls(page),
            using=lambda word: "1.0" if str(word).lower() == "tlsenforcementdisabled" else word,
        ),
        "audit.enabled": logged(_LOGS[engine][0], arm_type=type_),
        "audit.events": Fact(terraform=events, default=Documented([], page)),
        "logs.enabled": logged(*_LOGS[engine], arm_type=type_),
        "ha.multi_zone": Fact(always=Documented(False, _ZONES)),
        "ha.automatic_failover": Fact(not_applicable="a single server has no standby"),
        "auth.iam": (
            Fact(not_applicable="MariaDB servers of Azure know no identities of the directory")
            if mariadb
            else Fact(terraform=_entra(engine), default=Documented(False, page))
        ),
        "inline_secrets": Fact(terraform=written_down("administrator_login_password")),
        "auto_minor_upgrade": Fact(always=Documented(True, page)),
        "deletion_protection": DELETION_PROTECTION,
        "policy.public": Fact(not_applicable="the server has no resource policy"),
        "tags": TAGS,
    }


SERVERS = {f"azurerm_{engine}_server": _facts(engine) for engine in _ENGINES}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    type_ = view.resource.type
    engine = type_.removeprefix("azurerm_").removesuffix("_server")
    yield asset("database", view, SERVERS[type_], named(view, f"microsoft.dbfor{engine}/servers"))
