"""Keys of queues, sources of Defender, copies of registries and clusters of Cosmos DB for PostgreSQL, spelled twice."""

from __future__ import annotations

from typing import Any

from tests.services.azure.pairs import PIN, Pair, resource

_BUS = "Microsoft.ServiceBus/namespaces"
_HUB = "Microsoft.EventHub/namespaces"
_RELAY = "Microsoft.Relay/namespaces"


def _rule(type_: str, name: str, *rights: str) -> dict[str, Any]:
    return resource(f"{type_}/authorizationRules", name, properties={"rights": list(rights)})


_KEYS = Pair(
    "keys of queues",
    PIN
    + """
resource "azurerm_servicebus_namespace" "bus" {
  name                = "bus"
  resource_group_name = "rg"
  sku                 = "Standard"
}
resource "azurerm_servicebus_queue" "jobs" {
  name         = "jobs"
  namespace_id = azurerm_servicebus_namespace.bus.id
}
resource "azurerm_servicebus_namespace_authorization_rule" "all" {
  name         = "all"
  namespace_id = azurerm_servicebus_namespace.bus.id
  listen       = true
  send         = true
  manage       = true
}
resource "azurerm_servicebus_queue_authorization_rule" "reader" {
  name     = "reader"
  queue_id = azurerm_servicebus_queue.jobs.id
  listen   = true
}
resource "azurerm_servicebus_topic" "news" {
  name         = "news"
  namespace_id = azurerm_servicebus_namespace.bus.id
}
resource "azurerm_servicebus_topic_authorization_rule" "writer" {
  name     = "writer"
  topic_id = azurerm_servicebus_topic.news.id
  send     = true
}
resource "azurerm_eventhub_namespace_authorization_rule" "ships" {
  name                = "ships"
  namespace_name      = "hub"
  resource_group_name = "rg"
  send                = true
}
resource "azurerm_eventhub_authorization_rule" "sees" {
  name                = "sees"
  namespace_name      = "hub"
  eventhub_name       = "orders"
  resource_group_name = "rg"
  listen              = true
}
resource "azurerm_relay_namespace_authorization_rule" "tells" {
  name                = "tells"
  namespace_name      = "relay"
  resource_group_name = "rg"
  send                = true
}
resource "azurerm_relay_hybrid_connection_authorization_rule" "hears" {
  name                   = "hears"
  namespace_name         = "relay"
  hybrid_connection_name = "office"
  resource_group_name    = "rg"
  listen                 = true
}
""",
    (
        resource(_BUS, "bus", sku={"name": "Standard"}, properties={}),
        resource(f"{_BUS}/queues", "bus/jobs", properties={}),
        _rule(_BUS, "bus/all", "Manage", "Listen", "Send"),
        _rule(f"{_BUS}/queues", "bus/jobs/reader", "Listen"),
        resource(f"{_BUS}/topics", "bus/news", properties={}),
        _rule(f"{_BUS}/topics", "bus/news/writer", "Send"),
        _rule(_HUB, "hub/ships", "Send"),
        _rule(f"{_HUB}/eventhubs", "hub/orders/sees", "Listen"),
        _rule(_RELAY, "relay/tells", "Send"),
        _rule(f"{_RELAY}/hybridConnections", "relay/office/hears", "Listen"),
    ),
)
_CITUS = Pair(
    "a cluster of Cosmos DB for PostgreSQL",
    PIN
    + """
resource "azurerm_cosmosdb_postgresql_cluster" "orders" {
  name                                 = "orders"
  resource_group_name                  = "rg"
  sql_version                          = "16"
  administrator_login_password         = "not-a-good-one"
  coordinator_public_ip_access_enabled = true
  node_public_ip_access_enabled        = false
  ha_enabled                           = true
}
resource "azurerm_cosmosdb_postgresql_firewall_rule" "office" {
  name             = "office"
  cluster_id       = azurerm_cosmosdb_postgresql_cluster.orders.id
  start_ip_address = "198.51.100.0"
  end_ip_address   = "198.51.100.255"
}
resource "azurerm_cosmosdb_postgresql_coordinator_configuration" "goes" {
  name       = "log_disconnections"
  cluster_id = azurerm_cosmosdb_postgresql_cluster.orders.id
  value      = "off"
}
""",
    (
        resource(
            "Microsoft.DBforPostgreSQL/serverGroupsv2",
            "orders",
            "2022-11-08",
            properties={
                "postgresqlVersion": "16",
                "administratorLoginPassword": "not-a-good-one",
                "coordinatorEnablePublicIpAccess": True,
                "nodeEnablePublicIpAccess": False,
                "enableHa": True,
            },
            resources=[
                resource(
                    "firewallRules",
                    "office",
                    "2022-11-08",
                    properties={"startIpAddress": "198.51.100.0", "endIpAddress": "198.51.100.255"},
                ),
                resource(
                    "coordinatorConfigurations",
                    "log_disconnections",
                    "2022-11-08",
                    properties={"value": "off"},
                ),
            ],
        ),
    ),
)
_SOURCES = Pair(
    "sources of Defender for Cloud",
    """
resource "azurerm_security_center_setting" "endpoints" {
  setting_name = "WDATP"
  enabled      = false
}
resource "azurerm_security_center_setting" "apps" {
  setting_name = "MCAS"
  enabled      = true
}
""",
    (
        resource(
            "Microsoft.Security/settings",
            "WDATP",
            "2022-05-01",
            kind="DataExportSettings",
            properties={"enabled": False},
        ),
        resource(
            "Microsoft.Security/settings",
            "MCAS",
            "2022-05-01",
            kind="DataExportSettings",
            properties={"enabled": True},
        ),
    ),
    # azurerm has no word for what a contact is told of
    frozenset({"security_contact.attack_paths"}),
)
_IMAGES = Pair(
    "a registry with a copy elsewhere",
    PIN
    + """
resource "azurerm_container_registry" "images" {
  name                  = "images"
  resource_group_name   = "rg"
  location              = "westeurope"
  sku                   = "Premium"
  data_endpoint_enabled = true
  export_policy_enabled = false
  georeplications { location = "northeurope" }
}
""",
    (
        resource(
            "Microsoft.ContainerRegistry/registries",
            "images",
            location="westeurope",
            sku={"name": "Premium"},
            properties={"dataEndpointEnabled": True, "policies": {"exportPolicy": {"status": "disabled"}}},
            resources=[resource("replications", "northeurope", location="northeurope", properties={})],
        ),
    ),
)
_GUARD = "/subscriptions/s/resourceGroups/safe/providers/Microsoft.DataProtection/resourceGuards/guard"
_GUARDED = Pair(
    "a vault that a second person guards",
    PIN
    + f"""
resource "azurerm_recovery_services_vault" "copies" {{
  name                = "copies"
  resource_group_name = "rg"
  sku                 = "Standard"
}}
resource "azurerm_recovery_services_vault_resource_guard_association" "copies" {{
  vault_id          = azurerm_recovery_services_vault.copies.id
  resource_guard_id = "{_GUARD}"
}}
""",
    (
        resource("Microsoft.RecoveryServices/vaults", "copies", sku={"name": "Standard"}, properties={}),
        resource(
            "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies",
            "copies/VaultProxy",
            properties={"resourceGuardResourceId": _GUARD},
        ),
    ),
)
SERVICES = (_KEYS, _CITUS, _SOURCES, _IMAGES, _GUARDED)
