"""Azure Database for PostgreSQL flexible servers, as `database` assets.

Server parameters and firewall rules are resources of their own and are joined by the server they name; its logs are
sent by diagnostic settings. Attribute names are azurerm's 3.x to 5.x.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.databases import postgresql_logs
from tfaudit.services.azure.databases.flexible_servers import WORDS, Pages, facts
from tfaudit.services.azure.databases.server_logs import postgresql_events
from tfaudit.services.azure.databases.server_parameters import idle_minutes, set_by
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.databases_idle import of_postgresql

READS = ("azurerm_postgresql_flexible_server", "microsoft.dbforpostgresql/flexibleservers")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_postgresql_flexible_server_configuration": "server_id",
    "azurerm_postgresql_flexible_server_firewall_rule": "server_id",
    "microsoft.dbforpostgresql/flexibleservers/configurations": "parent",
    "microsoft.dbforpostgresql/flexibleservers/firewallrules": "parent",
}
ARM_TYPES = ("Microsoft.DBforPostgreSQL/flexibleServers",)

FLEXIBLE_TYPE = "microsoft.dbforpostgresql/flexibleservers"
_FLEXIBLE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/postgresql_flexible_server",
    "learn.microsoft.com/azure/templates/microsoft.dbforpostgresql/flexibleservers",
)
_BACKUP = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-security"
_TLS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls"
_FIREWALL = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-firewall-rules"
_ENTRA = Cited(
    _FLEXIBLE.terraform,
    "learn.microsoft.com/azure/postgresql/flexible-server/how-to-configure-sign-in-azure-ad-authentication",
)
_LOG = "learn.microsoft.com/azure/postgresql/flexible-server/param-reporting-logging-what-log"
_THROTTLE = "learn.microsoft.com/azure/postgresql/flexible-server/param-customized-options"
_VERSIONS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-supported-versions"

_SETTINGS = (
    "azurerm_postgresql_flexible_server_configuration",
    "microsoft.dbforpostgresql/flexibleservers/configurations",
)
_RULES = (
    "azurerm_postgresql_flexible_server_firewall_rule",
    "microsoft.dbforpostgresql/flexibleservers/firewallrules",
)


TABLE: Spelling = {
    **WORDS,
    # word, then its path in Terraform and in ARM
    "key": azure("customer_managed_key.key_vault_key_id", "properties.dataEncryption.primaryKeyURI"),
    "endpoint": azure("public_network_access_enabled", "properties.network.publicNetworkAccess"),
    "passwords": azure("authentication.password_auth_enabled", "properties.authConfig.passwordAuth"),
    "entra": azure(
        "authentication.active_directory_auth_enabled", "properties.authConfig.activeDirectoryAuth"
    ),
}
IDENTITY = tuple(RESOURCE)

_LOGGED = logged("PostgreSQLLogs", arm_type=FLEXIBLE_TYPE)
_PAGES = Pages(
    server=_FLEXIBLE,
    kept=_BACKUP,
    backup=_BACKUP,
    encryption=_SECURITY,
    firewall=_FIREWALL,
    tls=_TLS,
    updates=_VERSIONS,
)
FLEXIBLE: Facts = {
    **facts("PostgreSQL", FLEXIBLE_TYPE, _PAGES, _SETTINGS, _RULES),
    **postgresql_logs.facts(
        _SETTINGS, "connection_throttle.enable", Documented(True, _LOG), Documented(False, _THROTTLE)
    ),
    "engine": always("postgres", _FLEXIBLE),
    "session.idle_minutes": idle_minutes(of_postgresql, _SETTINGS),
    "tls.min_version": set_by(_SETTINGS, "ssl_min_protocol_version", Documented("1.2", _TLS)),
    "audit.events": postgresql_events(_SETTINGS),
    "logs.enabled": _LOGGED,
    "auth.passwords": Fact(switched, of=("passwords",), default=Documented(True, _ENTRA)),
    "auth.iam": Fact("entra", default=Documented(False, _FLEXIBLE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, FLEXIBLE, named(view, FLEXIBLE_TYPE))
