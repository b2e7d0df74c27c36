"""Azure Database for PostgreSQL, flexible and (retired) single servers, as `database` assets.

Server parameters and firewall rules are resources of their own and are joined by the server they name; its logs are
sent by diagnostic settings. Attribute names are azurerm's 3.x to 5.x.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.assets.asset import Asset, asset
from tfaudit.assets.facts import At, Documented, Fact
from tfaudit.assets.inventory import ABSENT
from tfaudit.assets.settings import Default, Known
from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Unresolved
from tfaudit.services.azure.credentials import written_down
from tfaudit.services.azure.diagnostics import logged
from tfaudit.services.azure.keys import named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.server_firewall import allowed_sources
from tfaudit.services.azure.server_parameters import parameter
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_postgresql_flexible_server", "azurerm_postgresql_server")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_postgresql_flexible_server_configuration": "server_id",
    "azurerm_postgresql_flexible_server_firewall_rule": "server_id",
    "azurerm_postgresql_flexible_server_active_directory_administrator": "server_name",
    "azurerm_postgresql_configuration": "server_name",
    "azurerm_postgresql_firewall_rule": "server_name",
    "azurerm_postgresql_server_key": "server_id",
    "azurerm_postgresql_active_directory_administrator": "server_name",
}

FLEXIBLE_TYPE = "microsoft.dbforpostgresql/flexibleservers"
SINGLE_TYPE = "microsoft.dbforpostgresql/servers"
_FLEXIBLE = (
    "registry.terraform.io/providers/hashicorp/azurerm/4.50.0/docs/resources/postgresql_flexible_server"
)
_SINGLE = "registry.terraform.io/providers/hashicorp/azurerm/3.116.0/docs/resources/postgresql_server"
_BACKUP = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-security"
_TLS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls"
_FIREWALL = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-firewall-rules"
_LOGGING = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-logging"
_VERSIONS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-supported-versions"

_SETTINGS = "azurerm_postgresql_flexible_server_configuration"
_STATEMENTS = frozenset({"ddl", "mod", "all", "read", "write", "role", "function"})


def _public(view: View) -> Any:
    reading = view.read("public_network_access_enabled")
    if reading.absent and not view.read("delegated_subnet_id").absent:
        return Default(False, _FLEXIBLE, view.resource, view.base)
    return reading


def _events(companion: str) -> Any:
    """Return a spelling: what the server writes to its log, by its parameters."""

    def spelling(view: View) -> Any:
        events: list[Any] = []
        where: Reading | None = None
        for name, event, default in (
            ("log_connections", "connections", True),
            ("log_statement", "statements", False),
            ("pgaudit.log", "statements", False),
        ):
            reading = parameter(companion, name)(view)
            if isinstance(reading.value, (Unresolved, Reference)):
                events.append(reading.value)
            elif default if reading.absent else _on(reading.value):
                events.append(event)
            where = where if reading.absent or reading.resource is view.resource else reading
        events = [each for index, each in enumerate(events) if each not in events[:index]]
        if where is None:
            return Default(events, _LOGGING, view.resource, view.base)
        return Known(events, where.resource, where.path)

    return spelling


def _on(value: Any) -> bool:
    words = {word.strip() for word in str(value).lower().split(",")}
    return bool(words & ({"on", "true", "1"} | _STATEMENTS))


def _entra(view: View) -> Any:
    found, unsure = view.companions("azurerm_postgresql_active_directory_administrator")
    if found:
        return Known(True, found[0].resource)
    return unsure or ABSENT


FLEXIBLE = {
    "engine": Fact(always=Documented("postgres", _FLEXIBLE)),
    "version": Fact(terraform="version"),
    "encryption.at_rest": Fact(always=Documented(True, _SECURITY)),
    "encryption.customer_managed_key": Fact(
        terraform="customer_managed_key.key_vault_key_id",
        set_means=True,
        default=Documented(False, _SECURITY),
    ),
    "network.public": Fact(terraform=_public, default=Documented(True, _FLEXIBLE)),
    "network.allowed_sources": Fact(
        terraform=allowed_sources("azurerm_postgresql_flexible_server_firewall_rule", _FIREWALL, _public, [])
    ),
    "backup.enabled": Fact(always=Documented(True, _BACKUP)),
    "backup.retention_days": Fact(terraform="backup_retention_days", default=Documented(7, _BACKUP)),
    "backup.pitr": Fact(always=Documented(True, _BACKUP)),
    "backup.pitr_days": Fact(terraform="backup_retention_days", default=Documented(7, _BACKUP)),
    "backup.cross_region": Fact(
        terraform="geo_redundant_backup_enabled", default=Documented(False, _FLEXIBLE)
    ),
    "backup.encrypted": Fact(always=Documented(True, _BACKUP)),
    "tls.required": Fact(
        terraform=parameter(_SETTINGS, "require_secure_transport"), default=Documented(True, _TLS)
    ),
    "tls.min_version": Fact(
        terraform=parameter(_SETTINGS, "ssl_min_protocol_version"), default=Documented("1.2", _TLS)
    ),
    "audit.enabled": logged("PostgreSQLLogs", arm_type=FLEXIBLE_TYPE),
    "audit.events": Fact(terraform=_events(_SETTINGS)),
    "logs.enabled": logged("PostgreSQLLogs", arm_type=FLEXIBLE_TYPE),
    "ha.multi_zone": Fact(
        terraform=At("high_availability.mode", lambda mode: str(mode).lower() == "zoneredundant"),
        default=Documented(False, _FLEXIBLE),
    ),
    "ha.automatic_failover": Fact(
        terraform="high_availability.mode", set_means=True, default=Documented(False, _FLEXIBLE)
    ),
    "auth.iam": Fact(
        terraform="authentication.active_directory_auth_enabled", default=Documented(False, _FLEXIBLE)
    ),
    "inline_secrets": Fact(terraform=written_down("administrator_password", "administrator_password_wo")),
    "auto_minor_upgrade": Fact(always=Documented(True, _VERSIONS)),
    "deletion_protection": DELETION_PROTECTION,
    "policy.public": Fact(not_applicable="a PostgreSQL server has no resource policy"),
    "tags": TAGS,
}

SINGLE = {
    **FLEXIBLE,
    "encryption.customer_managed_key": Fact(
        terraform="azurerm_postgresql_server_key/key_vault_key_id",
        set_means=True,
        default=Documented(False, _SINGLE),
    ),
    "network.public": Fact(terraform="public_network_access_enabled", default=Documented(True, _SINGLE)),
    "network.allowed_sources": Fact(
        terraform=allowed_sources("azurerm_postgresql_firewall_rule", _FIREWALL, _public, [])
    ),
    "backup.retention_days": Fact(terraform="backup_retention_days", default=Documented(7, _SINGLE)),
    "backup.pitr_days": Fact(terraform="backup_retention_days", default=Documented(7, _SINGLE)),
    "backup.cross_region": Fact(terraform="geo_redundant_backup_enabled", default=Documented(False, _SINGLE)),
    "tls.required": Fact(terraform="ssl_enforcement_enabled"),
    "tls.min_version": Fact(terraform="ssl_minimal_tls_version_enforced", default=Documented("1.2", _SINGLE)),
    "audit.enabled": logged("PostgreSQLLogs", arm_type=SINGLE_TYPE),
    "audit.events": Fact(terraform=_events("azurerm_postgresql_configuration")),
    "logs.enabled": logged("PostgreSQLLogs", arm_type=SINGLE_TYPE),
    "ha.multi_zone": Fact(
        always=Documented(
            False, "learn.microsoft.com/azure/postgresql/single-server/concepts-high-availability"
        )
    ),
    "ha.automatic_failover": Fact(not_applicable="a single server has no standby"),
    "auth.iam": Fact(terraform=_entra, default=Documented(False, _SINGLE)),
    "inline_secrets": Fact(terraform=written_down("administrator_login_password")),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    if view.resource.type == "azurerm_postgresql_server":
        yield asset("database", view, SINGLE, named(view, SINGLE_TYPE))
    else:
        yield asset("database", view, FLEXIBLE, named(view, FLEXIBLE_TYPE))
