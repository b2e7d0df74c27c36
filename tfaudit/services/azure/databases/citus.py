"""Azure Cosmos DB for PostgreSQL: clusters of a coordinator and its workers, as `database` assets.

The coordinator's parameters and the firewall rules are resources of their own. What only previews of the API have, the
key of the customer and sign-in by Entra ID, is not told by the versions that Terraform and most templates use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.databases import postgresql_logs
from tfaudit.services.azure.databases.not_of_sql import NOT_OF_SQL
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.databases.server_logs import postgresql_events
from tfaudit.services.azure.databases.server_parameters import idle_minutes, set_by
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down
from tfaudit.services.databases_idle import of_postgresql

READS = ("azurerm_cosmosdb_postgresql_cluster", "microsoft.dbforpostgresql/servergroupsv2")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_cosmosdb_postgresql_coordinator_configuration": "cluster_id",
    "azurerm_cosmosdb_postgresql_firewall_rule": "cluster_id",
    "microsoft.dbforpostgresql/servergroupsv2/coordinatorconfigurations": "parent",
    "microsoft.dbforpostgresql/servergroupsv2/firewallrules": "parent",
}
ARM_TYPES = (
    "Microsoft.DBforPostgreSQL/serverGroupsv2",
    "Microsoft.DBforPostgreSQL/serverGroupsv2/coordinatorConfigurations",
    "Microsoft.DBforPostgreSQL/serverGroupsv2/firewallRules",
)

ARM_TYPE = "microsoft.dbforpostgresql/servergroupsv2"
_AZURERM = "hashicorp/azurerm/4.50.0/docs/resources/cosmosdb_postgresql_cluster"
_DOCS = "learn.microsoft.com/azure/cosmos-db/postgresql"
_NETWORK = f"{_DOCS}/concepts-private-access"
_PAGE = Cited(_AZURERM, _NETWORK)
_STANDBY = Cited(_AZURERM, f"{_DOCS}/concepts-high-availability")
_BACKUP = f"{_DOCS}/concepts-backup"
_ENCRYPTION = f"{_DOCS}/concepts-security-overview"
_TLS = f"{_DOCS}/howto-ssl-connection-security"
_FIREWALL = f"{_DOCS}/concepts-firewall-rules"
_UPDATES = f"{_DOCS}/concepts-maintenance"
_NOT_TOLD = Unresolved("only a preview of the API tells it", "look at the cluster in the portal")
_SETTINGS = tuple(each for each in COMPANIONS if "configuration" in each)
_RULES = tuple(each for each in COMPANIONS if each not in _SETTINGS)

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("sql_version", "properties.postgresqlVersion"),
    "coordinator": azure(
        "coordinator_public_ip_access_enabled", "properties.coordinatorEnablePublicIpAccess"
    ),
    "workers": azure("node_public_ip_access_enabled", "properties.nodeEnablePublicIpAccess"),
    "standby": azure("ha_enabled", "properties.enableHa"),
    "password": azure("administrator_login_password", "properties.administratorLoginPassword"),
}
IDENTITY = tuple(RESOURCE)


def _reached(coordinator: Any, workers: Any) -> Any:
    """Return whether one of its servers has a public address: the coordinator has by itself, the workers have not."""
    if switched(workers) is True:
        return Said(True, by="workers")
    return switched(coordinator)


_PUBLIC = Fact(_reached, of=("coordinator", "workers"), default=Documented(True, _PAGE))
_SOURCES = allowed_sources(_RULES, _PUBLIC, Documented([], _FIREWALL))
CLUSTER: Facts = {
    **NOT_OF_SQL,
    **postgresql_logs.facts(_SETTINGS, "connection_throttle.enable"),
    "connections.throttled": inapplicable("its servers have no parameter that slows down failures"),
    **store_ways.facts(Store(ARM_TYPE, ("postgres.cosmos.azure.com",), False, _PUBLIC, _SOURCES)),
    "engine": always("postgres", f"{_DOCS}/introduction"),
    "session.idle_minutes": idle_minutes(of_postgresql, _SETTINGS),
    "version": Fact("version"),
    "auto_minor_upgrade": always(True, _UPDATES),
    "encryption.at_rest": always(True, _ENCRYPTION),
    "encryption.customer_managed_key": Fact(constant=_NOT_TOLD),
    "tls.required": always(True, _TLS),
    "tls.min_version": set_by(_SETTINGS, "ssl_min_protocol_version", Documented("1.2", _TLS)),
    "network.public": _PUBLIC,
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "network.allowed_sources": _SOURCES,
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": always(35, _BACKUP),
    "backup.cross_region": Fact(constant=_NOT_TOLD),
    "audit.events": postgresql_events(_SETTINGS),
    "logs.enabled": logged("PostgreSQLLogs", arm_type=ARM_TYPE),
    "ha.multi_zone": Fact(switched, of=("standby",), default=Documented(False, _STANDBY)),
    "auth.iam": Fact(constant=_NOT_TOLD),
    "inline_secrets": written_down("password"),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the cluster is."""
    yield asset("database", view, CLUSTER, named(view, ARM_TYPE))
