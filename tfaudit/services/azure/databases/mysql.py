"""Azure Database for MySQL flexible servers, as `database` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import not_judged, one_of
from tfaudit.services.azure.databases.administrators import has_administrator
from tfaudit.services.azure.databases.flexible_servers import public, standby
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import mysql_events
from tfaudit.services.azure.databases.server_parameters import set_by
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.left_out import but_of_replicas
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_mysql_flexible_server", "microsoft.dbformysql/flexibleservers")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_mysql_flexible_server_configuration": "server_name",
    "azurerm_mysql_flexible_server_firewall_rule": "server_name",
    "azurerm_mysql_flexible_server_active_directory_administrator": "server_id",
    "microsoft.dbformysql/flexibleservers/configurations": "parent",
    "microsoft.dbformysql/flexibleservers/firewallrules": "parent",
    "microsoft.dbformysql/flexibleservers/administrators": "parent",
}
ARM_TYPES = ("Microsoft.DBforMySQL/flexibleServers",)

ARM_TYPE = "microsoft.dbformysql/flexibleservers"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/mysql_flexible_server"
_TLS = "learn.microsoft.com/azure/mysql/flexible-server/security-tls"
_BACKUP = "learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key"
_FIREWALL = "learn.microsoft.com/azure/mysql/flexible-server/security-how-to-manage-firewall-portal"
_AUDIT = "learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs"
_UPDATES = "learn.microsoft.com/azure/mysql/flexible-server/concepts-maintenance"
_SETTINGS = (
    "azurerm_mysql_flexible_server_configuration",
    "microsoft.dbformysql/flexibleservers/configurations",
)
_RULES = (
    "azurerm_mysql_flexible_server_firewall_rule",
    "microsoft.dbformysql/flexibleservers/firewallrules",
)
_ADMINISTRATORS = (
    "azurerm_mysql_flexible_server_active_directory_administrator",
    "microsoft.dbformysql/flexibleservers/administrators",
)


TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("version", "properties.version"),
    "key": azure(
        ("customer_managed_key.key_vault_key_id", "customer_managed_key.managed_hsm_key_id"),
        "properties.dataEncryption.primaryKeyURI",
    ),
    "endpoint": azure("public_network_access", "properties.network.publicNetworkAccess"),
    "subnet": azure("delegated_subnet_id", "properties.network.delegatedSubnetResourceId"),
    "create_mode": azure("create_mode", "properties.createMode"),
    "backup_days": azure("backup_retention_days", "properties.backup.backupRetentionDays"),
    "backup_elsewhere": azure("geo_redundant_backup_enabled", "properties.backup.geoRedundantBackup"),
    "standby": azure("high_availability.mode", "properties.highAvailability.mode"),
    "password": azure("administrator_password", "properties.administratorLoginPassword"),
    "password_wo": azure("administrator_password_wo", NOTHING),
}
IDENTITY = tuple(RESOURCE)


def _lowest(value: Any) -> str | CannotTell:
    versions = [as_tls(part) for part in str(value).split(",")]
    return min((version for version in versions if version), default=None) or not_judged(value)


_PUBLIC = public(_PAGE)
_KEPT = Fact("backup_days", default=Documented(7, _PAGE))
SERVER: Facts = {
    "engine": always("mysql", _PAGE),
    "version": Fact("version"),
    "encryption.at_rest": always(True, _SECURITY),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _SECURITY)),
    "network.public": _PUBLIC,
    "network.allowed_sources": allowed_sources(_RULES, _PUBLIC, Documented([], _FIREWALL)),
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": _KEPT,
    "backup.pitr": always(True, _BACKUP),
    "backup.pitr_days": _KEPT,
    "backup.cross_region": but_of_replicas("backup_elsewhere", Documented(False, _PAGE)),
    "backup.encrypted": always(True, _BACKUP),
    "tls.required": set_by(_SETTINGS, "require_secure_transport", Documented(True, _TLS)),
    "tls.min_version": set_by(_SETTINGS, "tls_version", Documented("1.2", _TLS), _lowest),
    "audit.enabled": logged("MySqlAuditLogs", arm_type=ARM_TYPE),
    "audit.events": mysql_events(_SETTINGS, Documented([], _AUDIT)),
    "logs.enabled": logged("MySqlAuditLogs", "MySqlSlowLogs", arm_type=ARM_TYPE),
    "ha.multi_zone": but_of_replicas("standby", Documented(False, _PAGE), one_of("zoneredundant")),
    "ha.automatic_failover": standby(_PAGE),
    "auth.iam": has_administrator(_ADMINISTRATORS, Documented(False, _PAGE)),
    "inline_secrets": written_down("password", "password_wo"),
    "auto_minor_upgrade": always(True, _UPDATES),
    "deletion_protection": DELETION_PROTECTION,
    "policy.public": inapplicable("a MySQL server has no resource policy"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, SERVER, named(view, ARM_TYPE))
