"""Azure DocumentDB (Cosmos DB for MongoDB in vCores): clusters, as `database` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, one_of, switched
from tfaudit.services.azure.databases.not_of_sql import NOT_OF_SQL
from tfaudit.services.azure.databases.server_firewall import allowed_sources
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.locks import DELETION_PROTECTION
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network import store_ways
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.network.store_ways import Store
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.credentials import written_down
from tfaudit.services.databases_idle import NO_SESSIONS

READS = ("azurerm_mongo_cluster", "microsoft.documentdb/mongoclusters")
KINDS = ("database",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_mongo_cluster_firewall_rule": "mongo_cluster_id",
    "microsoft.documentdb/mongoclusters/firewallrules": "parent",
}
ARM_TYPES = ("Microsoft.DocumentDB/mongoClusters", "Microsoft.DocumentDB/mongoClusters/firewallRules")

ARM_TYPE = "microsoft.documentdb/mongoclusters"
_RULES = ("azurerm_mongo_cluster_firewall_rule", "microsoft.documentdb/mongoclusters/firewallrules")
_AZURERM = "hashicorp/azurerm/4.50.0/docs/resources/mongo_cluster"
_ABOUT = "learn.microsoft.com/azure/cosmos-db/mongodb/vcore/introduction"
_SECURITY = "learn.microsoft.com/azure/cosmos-db/mongodb/vcore/security"
_REST = "learn.microsoft.com/rest/api/mongocluster/mongo-clusters/create-or-update"
_PAGE = Cited(_AZURERM, _REST)
_BACKUP = "learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-restore-cluster"
_FIREWALL = _SECURITY
_STANDBY = "learn.microsoft.com/azure/cosmos-db/mongodb/vcore/high-availability"
_ENTRA = "learn.microsoft.com/azure/cosmos-db/mongodb/vcore/how-to-configure-entra-authentication"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "version": azure("version", "properties.serverVersion"),
    "endpoint": azure("public_network_access", "properties.publicNetworkAccess"),
    "key": azure(
        "customer_managed_key.key_vault_key_id",
        "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl",
    ),
    "standby": azure("high_availability_mode", "properties.highAvailability.targetMode"),
    "modes": azure("authentication_methods", "properties.authConfig.allowedModes"),
    "password": azure("administrator_password", "properties.administrator.password"),
}
IDENTITY = tuple(RESOURCE)


def _takes(mode: str, modes: Any) -> bool | None:
    return None if modes is None else some(as_list(modes), lambda each: lower(each) == mode)


_PUBLIC = Fact(switched, of=("endpoint",), default=Documented(True, _PAGE))
_SOURCES = allowed_sources(_RULES, _PUBLIC, Documented([], _FIREWALL))
CLUSTER: Facts = {
    **NOT_OF_SQL,
    **store_ways.facts(Store(ARM_TYPE, ("mongocluster.cosmos.azure.com",), False, _PUBLIC, _SOURCES)),
    "engine": always("mongodb", _ABOUT),
    "session.idle_minutes": NO_SESSIONS,
    "version": Fact("version"),
    "auto_minor_upgrade": always(True, _ABOUT),
    "encryption.at_rest": always(True, _SECURITY),
    "encryption.customer_managed_key": stated("key", default=Documented(False, _SECURITY)),
    "tls.required": always(True, _SECURITY),
    "tls.min_version": always("1.2", _SECURITY),
    "network.public": _PUBLIC,
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "network.allowed_sources": _SOURCES,
    "backup.enabled": always(True, _BACKUP),
    "backup.retention_days": always(35, _BACKUP),
    "backup.cross_region": inapplicable("a replica in another region is a cluster of its own"),
    "audit.events": inapplicable("which requests are recorded is not chosen apart from the log's category"),
    "logs.enabled": logged("vCoreMongoRequests", arm_type=ARM_TYPE),
    "ha.multi_zone": Fact(
        one_of("zoneredundantpreferred"),
        of=("standby",),
        default=Documented(False, Cited(_AZURERM, _STANDBY)),
    ),
    "auth.iam": Fact(
        lambda modes: _takes("microsoftentraid", modes), of=("modes",), default=Documented(False, _ENTRA)
    ),
    "auth.passwords": Fact(
        lambda modes: _takes("nativeauth", modes), of=("modes",), default=Documented(True, _ENTRA)
    ),
    "inline_secrets": written_down("password"),
    "deletion_protection": DELETION_PROTECTION,
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `database` that the cluster is."""
    yield asset("database", view, CLUSTER, named(view, ARM_TYPE))
