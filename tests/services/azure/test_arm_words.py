"""A resource in ARM's words is the same asset as in Terraform's: what the tables say of templates and live Azure."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from tests.parity import UNKNOWN, assert_same
from tests.services.azure.declared import declared
from tfaudit.model.resources import Place, Resource
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import View
from tfaudit.services.azure.containers import aks
from tfaudit.services.azure.databases import mysql, postgresql, redis
from tfaudit.services.azure.keys import key_vault
from tfaudit.services.azure.network import application_gateway
from tfaudit.services.azure.storage import storage

if TYPE_CHECKING:
    from tfaudit.model.asset import Asset

_GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/"


def live(module: ModuleType, type_: str, name: str, **body: Any) -> list[Asset]:
    """Return the assets of a live resource, as Resource Graph reports it."""
    address = f"{_GROUP}{type_}/{name}"
    whole = {"id": address, "name": name, "type": type_, **body}
    resource = Resource(type_, address, whole, Place("resource graph", at=address), "live", "arm", "azure")
    table = module.TABLE
    companions, names = getattr(module, "COMPANIONS", {}), getattr(module, "NAMES", ())
    return list(module.assets(View(resource, Inventory([resource]), companions, names, table)))


def code(text: str) -> list[Asset]:
    return list(declared(text).values())


def test_a_storage_account() -> None:
    assert_same(
        {
            "encryption.customer_managed_key": True,
            "tls.required": True,
            "tls.min_version": "1.2",
            "network.allowed_sources": ["198.51.100.0/24"],
            "public_access_blocked": True,
            "shared_key_access": False,
            "ha.multi_zone": True,
            "tags": {"owner": "shop"},
        },
        terraform=code("""
            resource "azurerm_storage_account" "orders" {
              name                            = "orders"
              account_replication_type        = "RAGZRS"
              https_traffic_only_enabled      = true
              min_tls_version                 = "TLS1_2"
              allow_nested_items_to_be_public = false
              shared_access_key_enabled       = false
              tags                            = { owner = "shop" }
              customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/store" }
              network_rules {
                default_action = "Deny"
                ip_rules       = ["198.51.100.0/24"]
              }
            }
        """),
        arm=live(
            storage,
            "Microsoft.Storage/storageAccounts",
            "orders",
            sku={"name": "Standard_RAGZRS"},
            tags={"owner": "shop"},
            properties={
                "supportsHttpsTrafficOnly": True,
                "minimumTlsVersion": "TLS1_2",
                "allowBlobPublicAccess": False,
                "allowSharedKeyAccess": False,
                "publicNetworkAccess": "Enabled",
                "encryption": {"keyvaultproperties": {"keyname": "store"}},
                "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]},
            },
        ),
    )


def test_what_a_plane_does_not_state_is_not_known_there() -> None:
    [account] = live(
        storage, "Microsoft.Storage/storageAccounts", "orders", properties={"publicNetworkAccess": "Disabled"}
    )
    found = {
        name: account.settings[name] for name in ("versioning", "access_logged", "network.allowed_sources")
    }
    assert [type(each).__name__ for each in found.values()] == ["Unknown", "Unknown", "Known"]


def test_a_vault() -> None:
    assert_same(
        {
            "purge_protection": True,
            "soft_delete_days": 30,
            "rbac": True,
            "network.public": True,
        },
        terraform=code("""
            resource "azurerm_key_vault" "kv" {
              name                       = "kv"
              sku_name                   = "premium"
              purge_protection_enabled   = true
              soft_delete_retention_days = 30
              rbac_authorization_enabled = true
              network_acls { default_action = "Allow" }
            }
        """),
        arm=live(
            key_vault,
            "Microsoft.KeyVault/vaults",
            "kv",
            properties={
                "sku": {"family": "A", "name": "premium"},
                "enablePurgeProtection": True,
                "softDeleteRetentionInDays": 30,
                "enableRbacAuthorization": True,
                "networkAcls": {"defaultAction": "Allow"},
            },
        ),
    )


_SERVER = {
    "version": "16",
    "encryption.customer_managed_key": True,
    "network.public": False,
    "backup.retention_days": 35,
    "backup.cross_region": True,
    "ha.multi_zone": True,
}
_ARM_SERVER = {
    "version": "16",
    "dataEncryption": {"primaryKeyURI": "https://kv.vault.azure.net/keys/db"},
    "network": {"publicNetworkAccess": "Disabled"},
    "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Enabled"},
    "highAvailability": {"mode": "ZoneRedundant"},
}
_CODE_SERVER = """
    name                         = "db"
    version                      = "16"
    backup_retention_days        = 35
    geo_redundant_backup_enabled = true
    customer_managed_key { key_vault_key_id = "https://kv.vault.azure.net/keys/db" }
    high_availability { mode = "ZoneRedundant" }
"""


def test_a_postgresql_server() -> None:
    text = (
        _CODE_SERVER
        + """
        public_network_access_enabled = false
        authentication { active_directory_auth_enabled = true }
    """
    )
    assert_same(
        {**_SERVER, "auth.iam": True},
        terraform=code(f'resource "azurerm_postgresql_flexible_server" "db" {{ {text} }}'),
        arm=live(
            postgresql,
            "Microsoft.DBforPostgreSQL/flexibleServers",
            "db",
            properties={**_ARM_SERVER, "authConfig": {"activeDirectoryAuth": "Enabled"}},
        ),
    )


def test_a_mysql_server() -> None:
    text = f'{_CODE_SERVER}\n public_network_access = "Disabled"'
    assert_same(
        _SERVER,
        terraform=code(f'resource "azurerm_mysql_flexible_server" "db" {{ {text} }}'),
        arm=live(mysql, "Microsoft.DBforMySQL/flexibleServers", "db", properties=_ARM_SERVER),
    )


def test_a_cache() -> None:
    assert_same(
        {
            "tls.required": True,
            "tls.min_version": "1.2",
            "auth.required": False,
            "network.public": False,
            "backup.enabled": True,
            "ha.multi_zone": True,
            "ha.automatic_failover": True,
            "encryption.at_rest": True,
        },
        terraform=code("""
            resource "azurerm_redis_cache" "c" {
              name                          = "c"
              sku_name                      = "Premium"
              family                        = "P"
              capacity                      = 1
              zones                         = ["1", "2"]
              non_ssl_port_enabled          = false
              minimum_tls_version           = "1.2"
              public_network_access_enabled = false
              redis_configuration {
                authentication_enabled = false
                rdb_backup_enabled     = true
                maxmemory_policy       = "allkeys-lru"
              }
            }
        """),
        arm=live(
            redis,
            "Microsoft.Cache/redis",
            "c",
            zones=["1", "2"],
            properties={
                "sku": {"name": "Premium", "family": "P", "capacity": 1},
                "enableNonSslPort": False,
                "minimumTlsVersion": "1.2",
                "publicNetworkAccess": "Disabled",
                "redisConfiguration": {
                    "authnotrequired": "true",
                    "rdb-backup-enabled": "true",
                    "maxmemory-policy": "allkeys-lru",
                },
            },
        ),
    )


def test_a_cluster_and_its_pools() -> None:
    cluster, *pools = live(
        aks,
        "Microsoft.ContainerService/managedClusters",
        "aks",
        properties={
            "enableRBAC": True,
            "disableLocalAccounts": True,
            "apiServerAccessProfile": {"authorizedIPRanges": ["198.51.100.0/24"]},
            "networkProfile": {"networkPolicy": "none"},
            "addonProfiles": {"azurepolicy": {"enabled": True}},
            "agentPoolProfiles": [
                {"name": "system", "availabilityZones": ["1", "2"]},
                {"name": "jobs", "availabilityZones": ["1", "2"], "enableNodePublicIP": True},
            ],
        },
    )
    expected = {
        "api.allowed_sources": ["198.51.100.0/24"],
        "local_accounts": False,
        "network_policy": False,
        "private_nodes": False,
    }
    assert {name: getattr(cluster.settings[name], "value", UNKNOWN) for name in expected} == expected
    assert [getattr(each.settings["public_ip"], "value", UNKNOWN) for each in pools] == [False, True]
    assert [getattr(each.settings["ha.multi_zone"], "value", UNKNOWN) for each in pools] == [True, True]


def test_the_ranges_of_a_cluster_stood_among_its_properties_up_to_the_api_of_october_2019() -> None:
    cluster = live(
        aks,
        "Microsoft.ContainerService/managedClusters",
        "aks",
        properties={"apiServerAuthorizedIPRanges": ["198.51.100.0/24"]},
    )[0]
    assert getattr(cluster.settings["api.allowed_sources"], "value", UNKNOWN) == ["198.51.100.0/24"]


def test_a_gateway_and_its_listeners() -> None:
    parts = f"{_GROUP}Microsoft.Network/applicationGateways/web"
    gateway, *listeners = live(
        application_gateway,
        "Microsoft.Network/applicationGateways",
        "web",
        properties={
            "sku": {"tier": "WAF_v2"},
            "sslPolicy": {"policyName": "AppGwSslPolicy20220101"},
            "webApplicationFirewallConfiguration": {"enabled": True, "firewallMode": "Detection"},
            "frontendIPConfigurations": [{"properties": {"publicIPAddress": {"id": "/a"}}}],
            "httpListeners": [
                {"name": "tls", "properties": {"protocol": "Https"}},
                {"name": "plain", "properties": {"protocol": "Http"}},
            ],
            "requestRoutingRules": [
                {
                    "properties": {
                        "httpListener": {"id": f"{parts}/httpListeners/plain"},
                        "redirectConfiguration": {"id": f"{parts}/redirectConfigurations/up"},
                    }
                }
            ],
            "redirectConfigurations": [
                {"name": "up", "properties": {"targetListener": {"id": f"{parts}/httpListeners/tls"}}}
            ],
        },
    )
    expected = {
        "tls.min_version": "1.2",
        "network.public": True,
        "waf": True,
        "waf.mode": "detection",
    }
    assert {name: getattr(gateway.settings[name], "value", UNKNOWN) for name in expected} == expected
    assert [getattr(each.settings["https_only"], "value", UNKNOWN) for each in listeners] == [True, True]
