"""Azure Database for PostgreSQL flexible servers, as `database` assets.

Server parameters and firewall rules are resources of their own and are joined by the server they name; its logs are
sent by diagnostic settings. Attribute names are azurerm's 3.x to 5.x.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Default
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import View
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import postgresql_events
from tfaudit.services.azure.databases.server_parameters import parameter
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.left_out import replica, unless
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_postgresql_flexible_server",)
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_postgresql_flexible_server_configuration": "server_id",
    "azurerm_postgresql_flexible_server_firewall_rule": "server_id",
}

FLEXIBLE_TYPE = "microsoft.dbforpostgresql/flexibleservers"
_FLEXIBLE = "hashicorp/azurerm/4.50.0/docs/resources/postgresql_flexible_server"
_BACKUP = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-security"
_TLS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls"
_FIREWALL = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-firewall-rules"
_VERSIONS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-supported-versions"

_SETTINGS = "azurerm_postgresql_flexible_server_configuration"


def _public(view: View) -> Any:
    reading, subnet = view.read("public_network_access_enabled"), view.read("delegated_subnet_id")
    if reading.absent and isinstance(subnet.value, Unresolved):
        return subnet
    if reading.absent and not subnet.absent:
        return Default(False, _FLEXIBLE, view.resource, view.base)
    return reading


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
        terraform=unless(replica, "geo_redundant_backup_enabled"), default=Documented(False, _FLEXIBLE)
    ),
    "backup.encrypted": Fact(always=Documented(True, _BACKUP)),
    "tls.required": Fact(
        terraform=parameter(_SETTINGS, "require_secure_transport"), default=Documented(True, _TLS)
    ),
    "tls.min_version": Fact(
        terraform=parameter(_SETTINGS, "ssl_min_protocol_version"), default=Documented("1.2", _TLS)
    ),
    "audit.enabled": logged("PostgreSQLLogs", arm_type=FLEXIBLE_TYPE),
    "audit.events": Fact(terraform=postgresql_events(_SETTINGS)),
    "logs.enabled": logged("PostgreSQLLogs", arm_type=FLEXIBLE_TYPE),
    "ha.multi_zone": Fact(
        terraform=unless(replica, "high_availability.mode"),
        using=lambda mode: str(mode).lower() == "zoneredundant",
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


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, FLEXIBLE, named(view, FLEXIBLE_TYPE))
