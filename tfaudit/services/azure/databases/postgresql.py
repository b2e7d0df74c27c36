"""Azure Database for PostgreSQL flexible servers, as `database` assets.

Server parameters and firewall rules are resources of their own and are joined by the server they name; its logs are
sent by diagnostic settings. Attribute names are azurerm's 3.x to 5.x.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import one_of
from tfaudit.services.azure.databases.flexible_servers import public, standby
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import postgresql_events
from tfaudit.services.azure.databases.server_parameters import set_by
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.left_out import but_of_replicas
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.tags import TAGGED, TAGS

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
_FLEXIBLE = "hashicorp/azurerm/4.50.0/docs/resources/postgresql_flexible_server"
_BACKUP = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore"
_SECURITY = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-security"
_TLS = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-ssl-tls"
_FIREWALL = "learn.microsoft.com/azure/postgresql/flexible-server/concepts-firewall-rules"
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
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("version", "properties.version"),
    "key": azure("customer_managed_key.key_vault_key_id", "properties.dataEncryption.primaryKeyURI"),
    "endpoint": azure("public_network_access_enabled", "properties.network.publicNetworkAccess"),
    "subnet": azure("delegated_subnet_id", "properties.network.delegatedSubnetResourceId"),
    "create_mode": azure("create_mode", "properties.createMode"),
    "backup_days": azure("backup_retention_days", "properties.backup.backupRetentionDays"),
    "backup_elsewhere": azure("geo_redundant_backup_enabled", "properties.backup.geoRedundantBackup"),
    "standby": azure("high_availability.mode", "properties.highAvailability.mode"),
    "entra": azure(
        "authentication.active_directory_auth_enabled", "properties.authConfig.activeDirectoryAuth"
    ),
    "password": azure("administrator_password", "properties.administratorLoginPassword"),
    "password_wo": azure("administrator_password_wo", NOTHING),
}
IDENTITY = tuple(RESOURCE)

_PUBLIC = public(_FLEXIBLE)
_KEPT = Fact("backup_days", default=Documented(7, _BACKUP))
_LOGGED = logged("PostgreSQLLogs", arm_type=FLEXIBLE_TYPE)
FLEXIBLE: Facts = {
    "engine": always("postgres", _FLEXIBLE),
    "version": Fact("version"),
    "encryption.at_rest": always(True, _SECURITY),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _SECURITY)),
    "network.public": _PUBLIC,
    "network.allowed_sources": allowed_sources(_RULES, _PUBLIC, Documented([], _FIREWALL)),
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": _KEPT,
    "backup.pitr": always(True, _BACKUP),
    "backup.pitr_days": _KEPT,
    "backup.cross_region": but_of_replicas("backup_elsewhere", Documented(False, _FLEXIBLE)),
    "backup.encrypted": always(True, _BACKUP),
    "tls.required": set_by(_SETTINGS, "require_secure_transport", Documented(True, _TLS)),
    "tls.min_version": set_by(_SETTINGS, "ssl_min_protocol_version", Documented("1.2", _TLS)),
    "audit.enabled": _LOGGED,
    "audit.events": postgresql_events(_SETTINGS),
    "logs.enabled": _LOGGED,
    "ha.multi_zone": but_of_replicas("standby", Documented(False, _FLEXIBLE), one_of("zoneredundant")),
    "ha.automatic_failover": standby(_FLEXIBLE),
    "auth.iam": Fact("entra", default=Documented(False, _FLEXIBLE)),
    "inline_secrets": written_down("password", "password_wo"),
    "auto_minor_upgrade": always(True, _VERSIONS),
    "deletion_protection": DELETION_PROTECTION,
    "policy.public": inapplicable("a PostgreSQL server has no resource policy"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the resource declares."""
    yield asset("database", view, FLEXIBLE, named(view, FLEXIBLE_TYPE))
