"""Azure SQL servers and their databases, as `database` assets.

The server holds what concerns its network, its logins and its audit; a database what concerns its storage and its
backups. Each leaves the other's settings to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.keys.credentials import written_down
from tfaudit.services.azure.keys.keys import below, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.provider import changed_long_ago_in
from tfaudit.services.azure.tags import TAGS

READS = ("azurerm_mssql_server", "azurerm_mssql_database")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_mssql_firewall_rule": "server_id",
    "azurerm_mssql_server_extended_auditing_policy": "server_id",
    "azurerm_mssql_server_transparent_data_encryption": "server_id",
    "azurerm_mssql_database_extended_auditing_policy": "database_id",
}

ARM_TYPE = "microsoft.sql/servers"
_SERVER_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/mssql_server"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/mssql_database"
_TLS = "learn.microsoft.com/azure/azure-sql/database/security-overview"
_BACKUP = "learn.microsoft.com/azure/azure-sql/database/automated-backups-overview"
_AUDIT = "learn.microsoft.com/azure/azure-sql/database/auditing-overview"
_AVAILABILITY = "learn.microsoft.com/azure/azure-sql/database/high-availability-sla-local-zone-redundancy"
_FIREWALL = "learn.microsoft.com/azure/azure-sql/database/firewall-configure"

_OF_SERVER = "its server is judged"
_OF_DATABASE = "its databases are judged"


def _public(view: View) -> Any:
    return view.read("public_network_access_enabled")


def _minimum_tls(view: View) -> Any:
    reading = view.read("minimum_tls_version")
    return changed_long_ago_in(view, 3, "1.0", "1.2", _SERVER_PAGE) if reading.absent else reading


def _audited(view: View) -> Any:
    found, unsure = view.companions("azurerm_mssql_server_extended_auditing_policy")
    for policy in found:
        enabled = policy.read("enabled")
        return Known(True, policy.resource) if enabled.absent else enabled
    return Reading(unsure or ABSENT, view.resource)


def _audited_by_itself(view: View) -> Any:
    found, _ = view.companions("azurerm_mssql_database_extended_auditing_policy")
    for policy in found:
        enabled = policy.read("enabled")
        return Known(True, policy.resource) if enabled.absent else enabled
    return NotApplicable(_OF_SERVER, view.resource)


def _events(view: View) -> Any:
    audited = _audited(view)
    if isinstance(audited, Known) or audited.value is True:
        return Known(["connections", "statements"], audited.resource, audited.path)
    return Known([], audited.resource, audited.path) if audited.value is False else audited


def _own_key(view: View) -> Any:
    key = view.read("transparent_data_encryption_key_vault_key_id")
    if key.absent:
        return NotApplicable("its server's key holds for it: its server is judged", view.resource)
    return Known(True, key.resource, key.path)


SERVER = {
    "engine": Fact(always=Documented("sqlserver", _SERVER_PAGE)),
    "version": Fact(terraform="version"),
    "encryption.at_rest": Fact(not_applicable=_OF_DATABASE),
    "encryption.customer_managed_key": Fact(
        terraform=(
            "transparent_data_encryption_key_vault_key_id",
            "azurerm_mssql_server_transparent_data_encryption/key_vault_key_id",
        ),
        set_means=True,
        default=Documented(False, _SERVER_PAGE),
    ),
    "network.public": Fact(terraform=_public, default=Documented(True, _SERVER_PAGE)),
    "network.allowed_sources": Fact(
        terraform=allowed_sources("azurerm_mssql_firewall_rule", _FIREWALL, _public, [])
    ),
    "backup.enabled": Fact(not_applicable=_OF_DATABASE),
    "backup.retention_days": Fact(not_applicable=_OF_DATABASE),
    "backup.pitr": Fact(not_applicable=_OF_DATABASE),
    "backup.pitr_days": Fact(not_applicable=_OF_DATABASE),
    "backup.cross_region": Fact(not_applicable=_OF_DATABASE),
    "backup.encrypted": Fact(not_applicable=_OF_DATABASE),
    "tls.required": Fact(always=Documented(True, _TLS)),
    "tls.min_version": Fact(
        terraform=_minimum_tls, using=lambda version: "1.0" if str(version).lower() == "disabled" else version
    ),
    "audit.enabled": Fact(terraform=_audited, default=Documented(False, _AUDIT)),
    "audit.events": Fact(terraform=_events, default=Documented([], _AUDIT)),
    "logs.enabled": Fact(terraform=_audited, default=Documented(False, _AUDIT)),
    "ha.multi_zone": Fact(not_applicable=_OF_DATABASE),
    "ha.automatic_failover": Fact(not_applicable=_OF_DATABASE),
    "auth.iam": Fact(
        terraform="azuread_administrator", set_means=True, default=Documented(False, _SERVER_PAGE)
    ),
    "inline_secrets": Fact(
        terraform=written_down("administrator_login_password", "administrator_login_password_wo")
    ),
    "auto_minor_upgrade": Fact(always=Documented(True, _SERVER_PAGE)),
    "deletion_protection": DELETION_PROTECTION,
    "policy.public": Fact(not_applicable="an Azure SQL server has no resource policy"),
    "tags": TAGS,
}
DATABASE = {
    **{name: Fact(not_applicable=_OF_SERVER) for name in SERVER},
    "engine": Fact(always=Documented("sqlserver", _PAGE)),
    "encryption.at_rest": Fact(
        terraform="transparent_data_encryption_enabled", default=Documented(True, _PAGE)
    ),
    "encryption.customer_managed_key": Fact(terraform=_own_key),
    "backup.enabled": Fact(always=Documented(True, _BACKUP)),
    "backup.retention_days": Fact(
        terraform="short_term_retention_policy.retention_days", default=Documented(7, _BACKUP)
    ),
    "backup.pitr": Fact(always=Documented(True, _BACKUP)),
    "backup.pitr_days": Fact(
        terraform="short_term_retention_policy.retention_days", default=Documented(7, _BACKUP)
    ),
    "backup.cross_region": Fact(
        terraform="storage_account_type",
        using=lambda kind: str(kind).lower() in ("geo", "geozone"),
        default=Documented(True, _PAGE),
    ),
    "backup.encrypted": Fact(always=Documented(True, _BACKUP)),
    "audit.enabled": Fact(terraform=_audited_by_itself),
    "logs.enabled": Fact(terraform=_audited_by_itself),
    "ha.multi_zone": Fact(terraform="zone_redundant", default=Documented(False, _PAGE)),
    "ha.automatic_failover": Fact(always=Documented(True, _AVAILABILITY)),
    "deletion_protection": Fact(not_applicable="a lock of its server holds for it: its server is judged"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the server or the database that the resource declares."""
    if view.resource.type == "azurerm_mssql_database":
        yield asset("database", view, DATABASE, below(view, "server_id", ARM_TYPE, "databases"))
    else:
        yield asset("database", view, SERVER, named(view, ARM_TYPE))
