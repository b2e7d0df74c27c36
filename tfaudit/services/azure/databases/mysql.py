"""Azure Database for MySQL flexible servers, as `database` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Default, Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import mysql_events
from tfaudit.services.azure.databases.server_parameters import parameter
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.left_out import replica, unless
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_mysql_flexible_server",)
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_mysql_flexible_server_configuration": "server_name",
    "azurerm_mysql_flexible_server_firewall_rule": "server_name",
    "azurerm_mysql_flexible_server_active_directory_administrator": "server_id",
}

ARM_TYPE = "microsoft.dbformysql/flexibleservers"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/mysql_flexible_server"
_TLS = "learn.microsoft.com/azure/mysql/flexible-server/security-tls"
_BACKUP = "learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key"
_FIREWALL = "learn.microsoft.com/azure/mysql/flexible-server/security-how-to-manage-firewall-portal"
_AUDIT = "learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs"
_UPDATES = "learn.microsoft.com/azure/mysql/flexible-server/concepts-maintenance"
_SETTINGS = "azurerm_mysql_flexible_server_configuration"


def _public(view: View) -> Any:
    reading = view.read("public_network_access")
    if reading.absent and not view.read("delegated_subnet_id").absent:
        return Default(False, _PAGE, view.resource, view.base)
    return reading


def _lowest(value: Any) -> str | None:
    versions = [as_tls(part) for part in str(value).split(",")]
    return min((version for version in versions if version), default=None)


def _entra(view: View) -> Any:
    found, unsure = view.companions("azurerm_mysql_flexible_server_active_directory_administrator")
    return Known(True, found[0].resource) if found else Reading(unsure or ABSENT, view.resource)


SERVER = {
    "engine": Fact(always=Documented("mysql", _PAGE)),
    "version": Fact(terraform="version"),
    "encryption.at_rest": Fact(always=Documented(True, _SECURITY)),
    "encryption.customer_managed_key": Fact(
        terraform=("customer_managed_key.key_vault_key_id", "customer_managed_key.managed_hsm_key_id"),
        set_means=True,
        default=Documented(False, _SECURITY),
    ),
    "network.public": Fact(terraform=_public, default=Documented(True, _PAGE)),
    "network.allowed_sources": Fact(
        terraform=allowed_sources("azurerm_mysql_flexible_server_firewall_rule", _FIREWALL, _public, [])
    ),
    "backup.enabled": Fact(always=Documented(True, _BACKUP)),
    "backup.retention_days": Fact(terraform="backup_retention_days", default=Documented(7, _PAGE)),
    "backup.pitr": Fact(always=Documented(True, _BACKUP)),
    "backup.pitr_days": Fact(terraform="backup_retention_days", default=Documented(7, _PAGE)),
    "backup.cross_region": Fact(
        terraform=unless(replica, "geo_redundant_backup_enabled"), default=Documented(False, _PAGE)
    ),
    "backup.encrypted": Fact(always=Documented(True, _BACKUP)),
    "tls.required": Fact(
        terraform=parameter(_SETTINGS, "require_secure_transport"), default=Documented(True, _TLS)
    ),
    "tls.min_version": Fact(
        terraform=parameter(_SETTINGS, "tls_version"), using=_lowest, default=Documented("1.2", _TLS)
    ),
    "audit.enabled": logged("MySqlAuditLogs", arm_type=ARM_TYPE),
    "audit.events": Fact(terraform=mysql_events(_SETTINGS), default=Documented([], _AUDIT)),
    "logs.enabled": logged("MySqlAuditLogs", "MySqlSlowLogs", arm_type=ARM_TYPE),
    "ha.multi_zone": Fact(
        terraform=unless(replica, "high_availability.mode"),
        using=lambda mode: str(mode).lower() == "zoneredundant",
        default=Documented(False, _PAGE),
    ),
    "ha.automatic_failover": Fact(
        terraform="high_availability.mode", set_means=True, default=Documented(False, _PAGE)
    ),
    "auth.iam": Fact(terraform=_entra, default=Documented(False, _PAGE)),
    "inline_secrets": Fact(terraform=written_down("administrator_password", "administrator_password_wo")),
    "auto_minor_upgrade": Fact(always=Documented(True, _UPDATES)),
    "deletion_protection": DELETION_PROTECTION,
    "policy.public": Fact(not_applicable="a MySQL server has no resource policy"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, SERVER, named(view, ARM_TYPE))
