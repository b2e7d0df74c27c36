"""Azure Cosmos DB accounts, as `database` assets. Clients always speak TLS with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool, as_int, as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, negated, not_judged, switched
from tfaudit.services.azure.databases.not_of_sql import NOT_OF_SQL
from tfaudit.services.azure.databases.server_firewall import AZURE_SERVICES
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.databases_idle import NO_SESSIONS

READS = ("azurerm_cosmosdb_account", "microsoft.documentdb/databaseaccounts")
KINDS = ("database",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.DocumentDB/databaseAccounts",)

ARM_TYPE = "microsoft.documentdb/databaseaccounts"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/cosmosdb_account",
    "learn.microsoft.com/azure/templates/microsoft.documentdb/databaseaccounts",
)
_ENCRYPTION = "learn.microsoft.com/azure/cosmos-db/database-encryption-at-rest"
_TLS = "learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement"
_FIREWALL = "learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall"
_BACKUP = "learn.microsoft.com/azure/cosmos-db/online-backup-and-restore"
_PERIODIC_HOURS = 8  # _BACKUP
_STRUCTURE = "learn.microsoft.com/azure/cosmos-db/audit-control-plane-logs"
_ZONES = "learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql"
_ENTRA = "learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control"
_EVERYONE = "0.0.0.0/0"

_REGION: Spelling = {"zones": azure("zone_redundant", "isZoneRedundant")}
TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "kind": azure("kind", "kind"),
    "version": azure("mongo_server_version", "properties.apiProperties.serverVersion"),
    "key": azure(("key_vault_key_id", "managed_hsm_key_id"), "properties.keyVaultKeyUri"),
    "lowest_tls": azure("minimal_tls_version", "properties.minimalTlsVersion"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "filtered": azure(("is_virtual_network_filter_enabled",), "properties.isVirtualNetworkFilterEnabled"),
    "addresses": azure("ip_range_filter", "properties.ipRules"),
    "no_keys": azure("local_authentication_disabled", "properties.disableLocalAuth"),
    "structure_by_keys": azure("access_key_metadata_writes_enabled", NOTHING),
    "structure_by_roles": azure(NOTHING, "properties.disableKeyBasedMetadataWriteAccess"),
    "backup_type": azure("backup.type", "properties.backupPolicy.type"),
    "backup_tier": azure("backup.tier", "properties.backupPolicy.continuousModeProperties.tier"),
    "backup_hours": azure(
        "backup.retention_in_hours",
        "properties.backupPolicy.periodicModeProperties.backupRetentionIntervalInHours",
    ),
    "backup_copies": azure(
        "backup.storage_redundancy", "properties.backupPolicy.periodicModeProperties.backupStorageRedundancy"
    ),
    "regions": azure("geo_location", "properties.locations", rows=_REGION),
}
IDENTITY = tuple(RESOURCE)
_TLS_NAMES = {"tls": "1.0", "tls11": "1.1", "tls12": "1.2", "tls13": "1.3"}
_DAYS = {"continuous7days": 7, "continuous30days": 30}


def _lowest(name: Any) -> Any:
    return None if name is None else _TLS_NAMES.get(str(name).lower()) or not_judged(name)


def _addresses(addresses: Any, filtered: Any, endpoint: Any) -> Any:
    """Return which addresses get in: those listed; none but networks' where these are filtered; else everybody."""
    if switched(endpoint) is False:
        return Inapplicable("it has no public address, so its addresses do not count")
    found = [_address(each) for each in _listed(addresses)]
    if found:
        return Said(
            [AZURE_SERVICES if each == "0.0.0.0" else each for each in found],  # noqa: S104 - all of Azure
            by="addresses",
        )
    return Said([], by="filtered") if switched(filtered) is True else None


def _listed(addresses: Any) -> list[Any]:
    """Return the entries of a list, or of the text with commas that provider 3 takes."""
    if isinstance(addresses, str):
        return [each.strip() for each in addresses.split(",") if each.strip()]
    return as_list(addresses) or []


def _address(rule: Any) -> Any:
    return rule.get("ipAddressOrRange", "") if isinstance(rule, dict) else rule


def _by_keys(open_: Any, closed: Any, no_keys: Any) -> Any:
    """Return whether who has a key makes and drops containers as well; where no keys are taken, nobody has one."""
    if switched(no_keys) is True:
        return Inapplicable("it takes no keys")
    return switched(open_) if open_ is not None else negated(closed)


def _kept_days(kind: Any, tier: Any, hours: Any) -> Any:
    """Return for how many days a state of before can be had back."""
    if lower(kind) == "continuous":
        return Said(
            30 if tier is None else _DAYS.get(str(tier).lower()) or not_judged(tier), by="backup_tier"
        )
    if hours is None:
        return None
    number = as_int(hours)
    return Said(not_judged(hours) if number is None else number // 24, by="backup_hours")


def _elsewhere(kind: Any, copies: Any) -> Any:
    if lower(kind) == "continuous":
        return Inapplicable("continuous backups lie in the regions of the account")
    return None if copies is None else lower(copies) == "geo"


def _in_zones(view: View) -> states.Reading:
    """Return whether every region is spread over zones."""
    rows = view.rows("regions")
    if not isinstance(rows, list):
        return rows
    unsure: states.Reading | None = None
    for row in rows:
        zones = row.word("zones")
        match zones:
            case Known(value=value) if as_bool(value) is True:
                pass
            case Known() | Absent():
                return Known(False, zones.resource, zones.path)
            case Unknown() | Pointer():
                unsure = unsure or zones
    return unsure or (
        Known(True, rows[0].resource, rows[0].base) if rows else Absent(view.resource, view.base)
    )


def _engine(kind: Any) -> str | None:
    return None if kind is None else ("mongodb" if lower(kind) == "mongodb" else "cosmos")


_LOGS = logged("DataPlaneRequests", "ControlPlaneRequests", "MongoRequests", arm_type=ARM_TYPE)
_PUBLIC = Fact(switched, of=("endpoint",), default=Documented(True, Cited(_PAGE.terraform, _FIREWALL)))
_SOURCES = Fact(
    _addresses, of=("addresses", "filtered", "endpoint"), default=Documented([_EVERYONE], _FIREWALL)
)
ACCOUNT: Facts = {
    **NOT_OF_SQL,
    "engine": Fact(_engine, of=("kind",), default=Documented("cosmos", _PAGE)),
    "session.idle_minutes": NO_SESSIONS,
    "version": Fact("version", default=Unresolved("the service runs it", "look at the account")),
    "auto_minor_upgrade": always(True, "learn.microsoft.com/azure/cosmos-db/introduction"),
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _ENCRYPTION)),
    "tls.required": always(True, _TLS),
    "tls.min_version": Fact(_lowest, of=("lowest_tls",), default=Documented("1.2", _TLS)),
    "network.public": _PUBLIC,
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "network.allowed_sources": _SOURCES,
    **store_ways.facts(
        Store(
            ARM_TYPE,
            tuple(
                f"{each}.azure.com"
                for each in ("documents", "mongo.cosmos", "cassandra.cosmos", "gremlin.cosmos")
            ),
            by_requests=True,
            public=_PUBLIC,
            sources=_SOURCES,
        )
    ),
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": Fact(
        _kept_days,
        of=("backup_type", "backup_tier", "backup_hours"),
        default=Documented(_PERIODIC_HOURS // 24, f"{_BACKUP}: eight hours"),
    ),
    "backup.cross_region": Fact(
        _elsewhere, of=("backup_type", "backup_copies"), default=Documented(True, _BACKUP)
    ),
    "audit.events": inapplicable("which requests are recorded is not chosen apart from the log's category"),
    "logs.enabled": _LOGS,
    "ha.multi_zone": Fact(joins=_in_zones, of=("regions",), default=Documented(False, _ZONES)),
    "auth.iam": Fact(switched, of=("no_keys",), default=Documented(False, _ENTRA)),
    "inline_secrets": always(False, "keys are made by Azure"),
    "keys_change_structure": Fact(
        _by_keys,
        of=("structure_by_keys", "structure_by_roles", "no_keys"),
        default=Documented(True, Cited(_PAGE.terraform, _STRUCTURE)),
    ),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the account is."""
    yield asset("database", view, ACCOUNT, named(view, ARM_TYPE))
