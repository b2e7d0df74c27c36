"""Azure Database for MySQL flexible servers, as `database` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Facts, always
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import negated, not_judged
from tfaudit.services.azure.databases.administrators import has_administrator
from tfaudit.services.azure.databases.flexible_servers import WORDS, Pages, facts
from tfaudit.services.azure.databases.server_logs import mysql_events
from tfaudit.services.azure.databases.server_parameters import idle_minutes, set_by
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.databases_idle import of_mysql

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
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/mysql_flexible_server",
    "learn.microsoft.com/azure/templates/microsoft.dbformysql/flexibleservers",
)
_TLS = "learn.microsoft.com/azure/mysql/flexible-server/security-tls"
_BACKUP = "learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key"
_FIREWALL = "learn.microsoft.com/azure/mysql/flexible-server/security-how-to-manage-firewall-portal"
_AUDIT = "learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs"
_ENTRA = "learn.microsoft.com/azure/mysql/flexible-server/how-to-azure-ad"
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
    **WORDS,
    # word, then its path in Terraform and in ARM
    "key": azure(
        ("customer_managed_key.key_vault_key_id", "customer_managed_key.managed_hsm_key_id"),
        "properties.dataEncryption.primaryKeyURI",
    ),
    "endpoint": azure("public_network_access", "properties.network.publicNetworkAccess"),
}
IDENTITY = tuple(RESOURCE)


def _lowest(value: Any) -> str | CannotTell:
    versions = [as_tls(part) for part in str(value).split(",")]
    return min((version for version in versions if version), default=None) or not_judged(value)


_PAGES = Pages(
    server=_PAGE,
    kept=Cited(_PAGE.terraform, _BACKUP),
    backup=_BACKUP,
    encryption=_SECURITY,
    firewall=_FIREWALL,
    tls=_TLS,
    updates=_UPDATES,
)
SERVER: Facts = {
    **facts("MySQL", ARM_TYPE, _PAGES, _SETTINGS, _RULES),
    "engine": always("mysql", _PAGE),
    "session.idle_minutes": idle_minutes(of_mysql, _SETTINGS),
    "tls.min_version": set_by(_SETTINGS, "tls_version", Documented("1.2", _TLS), _lowest),
    "audit.events": mysql_events(_SETTINGS, Documented([], _AUDIT)),
    "logs.enabled": logged("MySqlAuditLogs", "MySqlSlowLogs", arm_type=ARM_TYPE),
    "auth.passwords": set_by(_SETTINGS, "aad_auth_only", Documented(True, _ENTRA), negated),
    "auth.iam": has_administrator(_ADMINISTRATORS, Documented(False, _PAGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, SERVER, named(view, ARM_TYPE))
