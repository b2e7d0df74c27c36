"""Azure SQL servers and their databases, as `database` assets.

The server holds what concerns its network, its logins and its audit; a database what concerns its storage and its
backups. Each leaves the other's settings to the other. Up to azurerm 3 they were `azurerm_sql_server` and
`azurerm_sql_database` as well, with fewer arguments; up to 2 their policy of audit was a block of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Companions, Some, View
from tfaudit.services.azure.choices import negated, one_of
from tfaudit.services.azure.databases import long_term
from tfaudit.services.azure.databases.mssql_watch import (
    OWN_ALERTS,
    OWN_AUDIT,
    assessed,
    detects_threats,
    kept_days,
)
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.keys.keys import RESOURCE, below, name_of, named, part_of
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.provider import changed_long_ago_in
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down
from tfaudit.services.databases_idle import NO_SESSIONS
from tfaudit.services.databases_seldom import SELDOM

READS = (
    "azurerm_mssql_server",
    "azurerm_mssql_database",
    "azurerm_sql_server",
    "azurerm_sql_database",
    "microsoft.sql/servers",
    "microsoft.sql/servers/databases",
)
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_mssql_firewall_rule": "server_id",
    "azurerm_sql_firewall_rule": "server_name",
    "azurerm_sql_active_directory_administrator": "server_name",
    "azurerm_mssql_server_extended_auditing_policy": "server_id",
    "azurerm_mssql_server_transparent_data_encryption": "server_id",
    "azurerm_mssql_server_security_alert_policy": "server_name",
    "azurerm_mssql_database_extended_auditing_policy": "database_id",
    "microsoft.sql/servers/firewallrules": "parent",
    "microsoft.sql/servers/auditingsettings": "parent",
    "microsoft.sql/servers/extendedauditingsettings": "parent",
    "microsoft.sql/servers/encryptionprotector": "parent",
    "microsoft.sql/servers/administrators": "parent",
    "microsoft.sql/servers/azureadonlyauthentications": "parent",
    "microsoft.sql/servers/securityalertpolicies": "parent",
    "microsoft.sql/servers/vulnerabilityassessments": "parent",
    "microsoft.sql/servers/sqlvulnerabilityassessments": "parent",
    "microsoft.sql/servers/databases/backuplongtermretentionpolicies": "parent",
    "microsoft.sql/servers/databases/auditingsettings": "parent",
    "microsoft.sql/servers/databases/extendedauditingsettings": "parent",
    "microsoft.sql/servers/databases/transparentdataencryption": "parent",
    "microsoft.sql/servers/databases/backupshorttermretentionpolicies": "parent",
}
ARM_TYPES = (
    "Microsoft.Sql/servers",
    "Microsoft.Sql/servers/databases",
    "Microsoft.Sql/servers/administrators",
    "Microsoft.Sql/servers/auditingSettings",
    "Microsoft.Sql/servers/azureADOnlyAuthentications",
    "Microsoft.Sql/servers/encryptionProtector",
    "Microsoft.Sql/servers/extendedAuditingSettings",
    "Microsoft.Sql/servers/securityAlertPolicies",
    "Microsoft.Sql/servers/sqlVulnerabilityAssessments",
    "Microsoft.Sql/servers/vulnerabilityAssessments",
    "Microsoft.Sql/servers/databases/auditingSettings",
    "Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies",
    "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies",
    "Microsoft.Sql/servers/databases/extendedAuditingSettings",
    "Microsoft.Sql/servers/databases/transparentDataEncryption",
)

ARM_TYPE = "microsoft.sql/servers"
_SERVER_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/mssql_server",
    "learn.microsoft.com/azure/templates/microsoft.sql/servers",
)
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/mssql_database",
    "learn.microsoft.com/azure/templates/microsoft.sql/servers/databases",
)
_TLS = "learn.microsoft.com/azure/azure-sql/database/security-overview"
_LOWEST_TLS = "techcommunity.microsoft.com/blog/azuresqlblog/4508933, servers made since July 2026"
_BACKUP = "learn.microsoft.com/azure/azure-sql/database/automated-backups-overview"
_COPIES = Cited(_PAGE.terraform, _BACKUP)
_ENCRYPTED = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-tde-overview",
)
_BY_SERVICE = Cited(_SERVER_PAGE.terraform, _ENCRYPTED.arm)
_ENTRA = Cited(
    _SERVER_PAGE.terraform,
    "learn.microsoft.com/azure/azure-sql/database/authentication-aad-configure: none is set",
)
_BOTH = Cited(
    _SERVER_PAGE.terraform,
    "learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-only-authentication",
)
_UPDATED = "learn.microsoft.com/azure/azure-sql/database/sql-database-paas-overview"
_ZONES = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/azure-sql/database/high-availability-sla-local-zone-redundancy",
)
_LEDGER = "learn.microsoft.com/sql/relational-databases/security/ledger/ledger-database-ledger"
_AUDIT = "learn.microsoft.com/azure/azure-sql/database/auditing-overview"
_FIREWALL = "learn.microsoft.com/azure/azure-sql/database/firewall-configure"

_OF_SERVER = "its server is judged"
_OF_DATABASE = "its databases are judged"


_SERVERS = ("azurerm_mssql_server", "azurerm_sql_server", "microsoft.sql/servers")
_DATABASES = ("azurerm_mssql_database", "azurerm_sql_database", "microsoft.sql/servers/databases")
_RULES = ("azurerm_mssql_firewall_rule", "azurerm_sql_firewall_rule", "microsoft.sql/servers/firewallrules")
_POLICIES = (
    "azurerm_mssql_server_extended_auditing_policy",
    "microsoft.sql/servers/extendedauditingsettings",
    "microsoft.sql/servers/auditingsettings",
)
_OWN_POLICIES = (
    "azurerm_mssql_database_extended_auditing_policy",
    "microsoft.sql/servers/databases/extendedauditingsettings",
    "microsoft.sql/servers/databases/auditingsettings",
)
_OF_DATABASES = "microsoft.sql/servers/databases"
_KEY = "transparent_data_encryption_key_vault_key_id"
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a server, then its path in Terraform and in ARM
    "version": azure("version", "properties.version"),
    "key": azure(
        (_KEY, "azurerm_mssql_server_transparent_data_encryption/key_vault_key_id"), "properties.keyId"
    ),
    "protector": azure(NOTHING, "microsoft.sql/servers/encryptionprotector/properties.serverKeyType"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "lowest_tls": azure("minimum_tls_version", "properties.minimalTlsVersion"),
    "administrator": azure(
        ("azuread_administrator", "azurerm_sql_active_directory_administrator/object_id"),
        ("properties.administrators", "microsoft.sql/servers/administrators/properties.sid"),
    ),
    "directory_only": azure(
        "azuread_administrator.azuread_authentication_only",
        (
            "microsoft.sql/servers/azureadonlyauthentications/properties.azureADOnlyAuthentication",
            "properties.administrators.azureADOnlyAuthentication",
        ),
    ),
    "password": azure("administrator_login_password", "properties.administratorLoginPassword"),
    "password_wo": azure("administrator_login_password_wo", NOTHING),
    "own_audit": OWN_AUDIT,
    "own_alerts": OWN_ALERTS,
}
DATABASE_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of a database, then its path in Terraform and in ARM
    "server": azure(("server_id", "server_name"), "parent"),
    "own_audit": OWN_AUDIT,
    "encryption": azure(
        "transparent_data_encryption_enabled",
        f"{_OF_DATABASES}/transparentdataencryption/properties.state",
    ),
    "key": azure(_KEY, "properties.encryptionProtector"),
    "backup_days": azure(
        "short_term_retention_policy.retention_days",
        f"{_OF_DATABASES}/backupshorttermretentionpolicies/properties.retentionDays",
    ),
    "backup_copies": azure(
        "storage_account_type",
        ("properties.requestedBackupStorageRedundancy", "properties.currentBackupStorageRedundancy"),
    ),
    **long_term.words(_OF_DATABASES),
    "ledger": azure("ledger_enabled", "properties.isLedgerOn"),
    "zone_redundant": azure("zone_redundant", "properties.zoneRedundant"),
}
AUDITING: Spelling = {"enabled": azure("enabled", "properties.state")}
IDENTITY = (*RESOURCE, "server")


def _auditing(policies: Companions, own: states.Reading) -> states.Reading | None:
    """Return whether one of `policies` is on; it is where it does not say. None where there is none.

    Azure reports two policies for one thing, the extended and the plain one. `own` is one that is a block of it.
    """
    if isinstance(own, Known) and own.value != []:
        return Known(True, own.resource, own.path)
    answer: list[states.Reading] = []
    for policy in policies.views:
        enabled = policy.spelled(AUDITING).word("enabled")
        answer.append(Known(True, policy.resource) if isinstance(enabled, Absent) else enabled)
        if isinstance(answer[-1], Known) and as_bool(answer[-1].value) is True:
            return answer[-1]
    if isinstance(policies, Some):
        return policies.more
    if isinstance(own, (Unknown, Pointer)):
        return own
    return next((each for each in answer if not isinstance(each, Known)), next(iter(answer), None))


def _audited(view: View) -> states.Reading:
    policies = view.companions(*_POLICIES)
    return _auditing(policies, view.word("own_audit")) or Absent(view.resource)


def _audited_by_itself(view: View) -> states.Reading | NotApplicable:
    own = _auditing(view.companions(*_OWN_POLICIES), view.word("own_audit"))
    # Azure reports a policy for every database, which is off where nobody has set one: its server's holds all the same.
    unset = view.resource.plane == "live" and isinstance(own, Known) and as_bool(own.value) is False
    return NotApplicable(_OF_SERVER, view.resource) if own is None or unset else own


def _events(audited: states.Reading | NotApplicable) -> states.Reading | NotApplicable:
    """Return what is recorded where it is known whether auditing is on."""
    if not isinstance(audited, Known):
        return audited
    events = ["connections", "statements"] if as_bool(audited.value) else []
    return Known(events, audited.resource, audited.path)


def _own_key(view: View) -> states.Reading:
    """Return whether a key of the customer's encrypts a database: its own, or else its server's."""
    key = view.word("key")
    match key:
        case Absent():
            for server in view.leads_to("server", *_SERVERS, named=NAMES):
                return _of_its_server(View(server.resource, view.inventory, COMPANIONS, NAMES, TABLE), view)
            because = "the key of its server, which is not declared here, holds for it"
            return Unknown(because, "scan the root that declares it", key.resource, key.path)
        case Known() | Pointer():
            return Known(True, key.resource, key.path)
        case Unknown():
            return key


def _of_its_server(server: View, database: View) -> states.Reading:
    held = _server_key(server)
    return Absent(database.resource, database.base) if isinstance(held, Absent) else held


def _server_key(view: View) -> states.Reading:
    """Return whether a key of the customer's encrypts the server's databases: it is named, or said to be one."""
    key, protector = view.word("key"), view.word("protector")
    match key, protector:
        case (Known(value=value), _) if value != "":
            return Known(True, key.resource, key.path)
        case (Pointer(), _):
            return Known(True, key.resource, key.path)
        case (Unknown(), _):
            return key
        case (_, Known(value=value)):
            return Known(str(value).lower() == "azurekeyvault", protector.resource, protector.path)
        case _:
            return protector


def _lowest(version: Any) -> str | None:
    """Return the lowest version of TLS; where none is enforced, the lowest that there is."""
    if version is None:
        return None
    return "1.0" if str(version).lower() in ("disabled", "none") else str(version)


def _lowest_by_default(view: View) -> Documented | Unresolved:
    """Return what azurerm asks for; for servers that it had no argument for, it asks for nothing and Azure decides."""
    if view.resource.type == "azurerm_sql_server":
        return Documented("1.2", _LOWEST_TLS)
    return changed_long_ago_in(3, "1.0", "1.2", _SERVER_PAGE.terraform)(view)


_PUBLIC = Fact("endpoint", default=Documented(True, _SERVER_PAGE))
_SOURCES = allowed_sources(_RULES, _PUBLIC, Documented([], _FIREWALL))
_AUDITED = Fact(joins=_audited, of=("name", "own_audit"), default=Documented(False, _AUDIT), beside=_POLICIES)
SERVER: Facts = {
    **SELDOM,
    "tamper_evident": inapplicable(_OF_DATABASE),
    "engine": always("sqlserver", _SERVER_PAGE),
    "session.idle_minutes": NO_SESSIONS,
    "version": Fact("version"),
    "encryption.at_rest": inapplicable(_OF_DATABASE),
    "encryption.customer_managed_key": Fact(
        joins=_server_key, of=("key", "protector"), default=Documented(False, _BY_SERVICE)
    ),
    "network.public": _PUBLIC,
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "network.allowed_sources": _SOURCES,
    **store_ways.facts(
        Store(ARM_TYPE, ("database.windows.net",), by_requests=False, public=_PUBLIC, sources=_SOURCES)
    ),
    "backup.enabled": inapplicable(_OF_DATABASE),
    "backup.retention_days": inapplicable(_OF_DATABASE),
    "backup.cross_region": inapplicable(_OF_DATABASE),
    "tls.required": always(True, _TLS),
    "tls.min_version": Fact(
        _lowest,
        of=("lowest_tls",),
        default=ByPlane(
            terraform=_lowest_by_default,
            arm=Documented("1.2", _LOWEST_TLS),
        ),
    ),
    "audit.events": Fact(
        joins=lambda view: _events(_audited(view)),
        of=("name", "own_audit"),
        default=Documented([], _AUDIT),
        beside=_POLICIES,
    ),
    "logs.enabled": _AUDITED,
    "ha.multi_zone": inapplicable(_OF_DATABASE),
    "auth.iam": stated("administrator", default=Documented(False, _ENTRA)),
    "auth.passwords": Fact(negated, of=("directory_only",), default=Documented(True, _BOTH)),
    "inline_secrets": written_down("password", "password_wo"),
    "threat_detection": detects_threats(
        "azurerm_mssql_server_security_alert_policy",
        "microsoft.sql/servers/securityalertpolicies",
        own="own_alerts",
    ),
    "vulnerability_assessment": assessed(
        "azurerm_mssql_server_vulnerability_assessment",
        "microsoft.sql/servers/vulnerabilityassessments",
        "microsoft.sql/servers/sqlvulnerabilityassessments",
    ),
    "audit.retention_days": kept_days(*_POLICIES, own_policy="own_audit"),
    "backup.long_term": inapplicable(_OF_DATABASE),
    "auto_minor_upgrade": always(True, _UPDATED),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}
_KEPT = Fact("backup_days", default=Documented(7, _BACKUP))
DATABASE: Facts = {
    **{name: inapplicable(_OF_SERVER) for name in SERVER},
    "audit.events": Fact(
        joins=lambda view: _events(_audited_by_itself(view)), of=("name", "own_audit"), beside=_OWN_POLICIES
    ),
    "engine": always("sqlserver", _PAGE),
    "session.idle_minutes": NO_SESSIONS,
    "encryption.at_rest": Fact("encryption", default=Documented(True, _ENCRYPTED)),
    "encryption.customer_managed_key": Fact(
        joins=_own_key, of=("key", "server"), default=Documented(False, _ENCRYPTED)
    ),
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": _KEPT,
    "backup.cross_region": Fact(
        one_of("geo", "geozone", "grs", "gzrs"), of=("backup_copies",), default=Documented(True, _COPIES)
    ),
    "backup.long_term": long_term.LONG_TERM,
    "tamper_evident": Fact("ledger", default=Documented(False, _LEDGER)),
    "logs.enabled": Fact(joins=_audited_by_itself, of=("name", "own_audit"), beside=_OWN_POLICIES),
    "ha.multi_zone": Fact("zone_redundant", default=Documented(False, _ZONES)),
    "deletion_protection": inapplicable("a lock of its server holds for it: its server is judged"),
    "tags": TAGS,
}


def _key(view: View) -> Key:
    """Return the key of a database, which says its server by an id, or as azurerm had it before 4, by a name."""
    if view.resource.type != "azurerm_sql_database":
        return below(view, "server", ARM_TYPE, "databases")
    server = name_of(view, "server")
    above: Key = server if isinstance(server, Unresolved) else f"azure:{ARM_TYPE}/{server}"
    return part_of(above, ARM_TYPE, "databases", name_of(view, "name"))


def assets(view: View) -> Iterator[Asset]:
    """Yield the server or the database that the resource declares."""
    if view.resource.type in _DATABASES:
        own = view.spelled(DATABASE_TABLE)
        yield asset("database", own, DATABASE, _key(own))
    else:
        yield asset("database", view, SERVER, named(view, ARM_TYPE))
