"""Azure SQL managed instances and their databases, as `database` assets.

As with servers, the instance holds what concerns its network, its logins and its audit, a database its backups.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, negated
from tfaudit.services.azure.databases import long_term
from tfaudit.services.azure.databases.mssql_watch import assessed, detects_threats
from tfaudit.services.azure.keys.keys import RESOURCE, below, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down
from tfaudit.services.databases_idle import NO_SESSIONS
from tfaudit.services.databases_seldom import SELDOM

READS = (
    "azurerm_mssql_managed_instance",
    "azurerm_mssql_managed_database",
    "azurerm_sql_managed_instance",
    "azurerm_sql_managed_database",
    "microsoft.sql/managedinstances",
    "microsoft.sql/managedinstances/databases",
)
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_sql_managed_instance_active_directory_administrator": "managed_instance_name",
    "azurerm_mssql_managed_instance_active_directory_administrator": "managed_instance_id",
    "azurerm_mssql_managed_instance_transparent_data_encryption": "managed_instance_id",
    "azurerm_mssql_managed_instance_security_alert_policy": "managed_instance_name",
    "azurerm_mssql_managed_instance_vulnerability_assessment": "managed_instance_id",
    "microsoft.sql/managedinstances/administrators": "parent",
    "microsoft.sql/managedinstances/azureadonlyauthentications": "parent",
    "microsoft.sql/managedinstances/encryptionprotector": "parent",
    "microsoft.sql/managedinstances/securityalertpolicies": "parent",
    "microsoft.sql/managedinstances/vulnerabilityassessments": "parent",
    "microsoft.sql/managedinstances/databases/backupshorttermretentionpolicies": "parent",
    "microsoft.sql/managedinstances/databases/backuplongtermretentionpolicies": "parent",
}
ARM_TYPES = (
    "Microsoft.Sql/managedInstances",
    "Microsoft.Sql/managedInstances/administrators",
    "Microsoft.Sql/managedInstances/azureADOnlyAuthentications",
    "Microsoft.Sql/managedInstances/databases",
    "Microsoft.Sql/managedInstances/databases/backupLongTermRetentionPolicies",
    "Microsoft.Sql/managedInstances/databases/backupShortTermRetentionPolicies",
    "Microsoft.Sql/managedInstances/encryptionProtector",
    "Microsoft.Sql/managedInstances/securityAlertPolicies",
    "Microsoft.Sql/managedInstances/vulnerabilityAssessments",
)

ARM_TYPE = "microsoft.sql/managedinstances"
_DATABASES = ("azurerm_mssql_managed_database", "azurerm_sql_managed_database", f"{ARM_TYPE}/databases")
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/mssql_managed_instance",
    "learn.microsoft.com/azure/templates/microsoft.sql/managedinstances",
)
_DATABASE_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/mssql_managed_database",
    "learn.microsoft.com/azure/templates/microsoft.sql/managedinstances/databases",
)
_OUTSIDE = "learn.microsoft.com/azure/azure-sql/managed-instance/public-endpoint-overview"
_TLS = "learn.microsoft.com/azure/azure-sql/managed-instance/minimal-tls-version-configure"
_BACKUP = "learn.microsoft.com/azure/azure-sql/managed-instance/automated-backups-overview"
_TDE = "learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-tde-overview"
_AVAILABILITY = (
    "learn.microsoft.com/azure/azure-sql/managed-instance/high-availability-sla-local-zone-redundancy"
)
_BOTH = "learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-only-authentication"
_UPDATES = "learn.microsoft.com/azure/azure-sql/managed-instance/update-policy"
_OF_INSTANCE = "its instance is judged"
_OF_DATABASE = "its databases are judged"
_KEY = "azurerm_mssql_managed_instance_transparent_data_encryption"
_ADMINISTRATORS = (
    "azurerm_mssql_managed_instance_active_directory_administrator",
    "azurerm_sql_managed_instance_active_directory_administrator",
)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of an instance, then its path in Terraform and in ARM
    "key": azure((f"{_KEY}/key_vault_key_id", f"{_KEY}/managed_hsm_key_id"), "properties.keyId"),
    "protector": azure(NOTHING, f"{ARM_TYPE}/encryptionprotector/properties.serverKeyType"),
    "subnet": azure("subnet_id", "properties.subnetId"),
    "endpoint": azure("public_data_endpoint_enabled", "properties.publicDataEndpointEnabled"),
    "lowest_tls": azure("minimum_tls_version", "properties.minimalTlsVersion"),
    "administrator": azure(
        ("azure_active_directory_administrator", *(f"{each}/object_id" for each in _ADMINISTRATORS)),
        ("properties.administrators", f"{ARM_TYPE}/administrators/properties.sid"),
    ),
    "directory_only": azure(
        (
            "azure_active_directory_administrator.azuread_authentication_only_enabled",
            f"{_ADMINISTRATORS[0]}/azuread_authentication_only",
        ),
        (
            f"{ARM_TYPE}/azureadonlyauthentications/properties.azureADOnlyAuthentication",
            "properties.administrators.azureADOnlyAuthentication",
        ),
    ),
    "password": azure("administrator_login_password", "properties.administratorLoginPassword"),
    "backup_copies": azure(
        "storage_account_type",
        ("properties.requestedBackupStorageRedundancy", "properties.currentBackupStorageRedundancy"),
    ),
    "zone_redundant": azure("zone_redundant_enabled", "properties.zoneRedundant"),
}
DATABASE_TABLE: Spelling = {
    "id": RESOURCE["id"],
    "name": RESOURCE["name"],
    **TAGGED,
    # word of a database, then its path in Terraform and in ARM
    "instance": azure(("managed_instance_id", "sql_managed_instance_id"), "parent"),
    "backup_days": azure(
        "short_term_retention_days",
        f"{ARM_TYPE}/databases/backupshorttermretentionpolicies/properties.retentionDays",
    ),
    **long_term.words(f"{ARM_TYPE}/databases"),
}
IDENTITY = (*RESOURCE, "instance")


def _own_key(view: View) -> states.Reading:
    """Return whether a key of the customer's encrypts the databases: it is named, or said to be one."""
    key, protector = view.word("key"), view.word("protector")
    match key, protector:
        case (Known() | Pointer(), _):
            return Known(True, key.resource, key.path)
        case (Unknown(), _):
            return key
        case (_, Known(value=value)):
            return Known(lower(value) == "azurekeyvault", protector.resource, protector.path)
        case _:
            return protector


def _elsewhere(copies: Any) -> bool | None:
    """Return whether backups lie in another region as well: Geo in ARM, GRS in Terraform."""
    return None if copies is None else lower(copies) in ("geo", "geozone", "grs", "gzrs")


def _lowest(version: Any) -> str | None:
    if version is None:
        return None
    return "1.0" if lower(version) == "none" else str(version)


_AUDITED = logged("SQLSecurityAuditEvents", arm_type=ARM_TYPE)
_IN_NETWORK = inapplicable("it stands in a subnet of its own")
_PUBLIC = Fact("endpoint", default=Documented(False, _OUTSIDE))
INSTANCE: Facts = {
    **SELDOM,
    "engine": always("sqlserver", _PAGE),
    "session.idle_minutes": NO_SESSIONS,
    "version": inapplicable("Azure keeps the engine up to date"),
    "encryption.at_rest": inapplicable(_OF_DATABASE),
    "encryption.customer_managed_key": Fact(
        joins=_own_key, of=("key", "protector"), default=Documented(False, _TDE)
    ),
    "network.public": _PUBLIC,
    "network.private_endpoint": _IN_NETWORK,
    **store_ways.facts(
        Store(ARM_TYPE, ("database.windows.net",), by_requests=False, public=_PUBLIC, subnet="subnet")
    ),
    "network.allowed_sources": inapplicable("the security group of its subnet says who gets in"),
    "backup.enabled": inapplicable(_OF_DATABASE),
    "backup.retention_days": inapplicable(_OF_DATABASE),
    "backup.long_term": inapplicable(_OF_DATABASE),
    "backup.cross_region": Fact(
        _elsewhere, of=("backup_copies",), default=Documented(True, Cited(_PAGE.terraform, _BACKUP))
    ),
    "tls.required": always(True, _TLS),
    "tls.min_version": Fact(_lowest, of=("lowest_tls",), default=Documented("1.2", _TLS)),
    "audit.events": inapplicable("what is audited is set inside of the instance"),
    "audit.retention_days": inapplicable("where its audit is sent says how long it is kept"),
    "logs.enabled": _AUDITED,
    "threat_detection": detects_threats(
        "azurerm_mssql_managed_instance_security_alert_policy", f"{ARM_TYPE}/securityalertpolicies"
    ),
    "vulnerability_assessment": assessed(
        "azurerm_mssql_managed_instance_vulnerability_assessment", f"{ARM_TYPE}/vulnerabilityassessments"
    ),
    "ha.multi_zone": Fact("zone_redundant", default=Documented(False, Cited(_PAGE.terraform, _AVAILABILITY))),
    "auth.iam": stated("administrator", default=Documented(False, _PAGE)),
    "auth.passwords": Fact(negated, of=("directory_only",), default=Documented(True, _BOTH)),
    "inline_secrets": written_down("password"),
    "auto_minor_upgrade": always(True, _UPDATES),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
_KEPT = Fact("backup_days", default=Documented(7, _BACKUP))
DATABASE: Facts = {
    **{name: inapplicable(_OF_INSTANCE) for name in INSTANCE},
    "engine": always("sqlserver", _DATABASE_PAGE),
    "session.idle_minutes": NO_SESSIONS,
    "encryption.at_rest": always(True, _TDE),
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": _KEPT,
    "backup.long_term": long_term.LONG_TERM,
    "deletion_protection": inapplicable("a lock of its instance holds for it: its instance is judged"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the instance or the database that the resource declares."""
    if view.resource.type in _DATABASES:
        own = view.spelled(DATABASE_TABLE)
        yield asset("database", own, DATABASE, below(own, "instance", ARM_TYPE, "databases"))
    else:
        yield asset("database", view, INSTANCE, named(view, ARM_TYPE))
