"""An asset in code has the key that its ARM id gives, so that both are one asset."""

from __future__ import annotations

import pytest

from tests.services.azure.declared import declared
from tfaudit.model.resources import Unresolved
from tfaudit.services.azure.keys.keys import from_id

_ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-App/providers/"

CODE = """
resource "azurerm_resource_group" "app" {
  name     = "rg-app"
  location = "westeurope"
}
resource "azurerm_storage_account" "orders" {
  name                     = "orders"
  resource_group_name      = azurerm_resource_group.app.name
  account_replication_type = "ZRS"
}
resource "azurerm_storage_container" "old" {
  name                 = "old"
  storage_account_name = azurerm_storage_account.orders.name
}
resource "azurerm_storage_container" "new" {
  name               = "new"
  storage_account_id = azurerm_storage_account.orders.id
}
resource "azurerm_key_vault" "keys" {
  name     = "KV-App"
  sku_name = "standard"
}
resource "azurerm_key_vault_key" "disks" {
  name         = "disks"
  key_vault_id = azurerm_key_vault.keys.id
  key_type     = "RSA"
}
resource "azurerm_network_security_group" "web" {
  name                = "web"
  resource_group_name = azurerm_resource_group.app.name
}
resource "azurerm_network_security_rule" "https" {
  name                        = "https"
  resource_group_name         = azurerm_resource_group.app.name
  network_security_group_name = azurerm_network_security_group.web.name
}
resource "azurerm_virtual_network" "hub" {
  name                = "hub"
  resource_group_name = azurerm_resource_group.app.name
}
resource "azurerm_subnet" "data" {
  name                 = "data"
  resource_group_name  = azurerm_resource_group.app.name
  virtual_network_name = azurerm_virtual_network.hub.name
}
resource "azurerm_kubernetes_cluster" "aks" {
  name                = "aks"
  resource_group_name = azurerm_resource_group.app.name
  default_node_pool {
    name = "system"
  }
}
resource "azurerm_kubernetes_cluster_node_pool" "user" {
  name                  = "user"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
}
resource "azurerm_mssql_database" "ledger" {
  name      = "ledger"
  server_id = "/subscriptions/s/resourceGroups/rg-app/providers/Microsoft.Sql/servers/sql"
}
"""


@pytest.mark.parametrize(
    ("address", "arm_id"),
    [
        ("azurerm_storage_account.orders", "Microsoft.Storage/storageAccounts/orders"),
        (
            "azurerm_storage_container.old",
            "Microsoft.Storage/storageAccounts/orders/blobServices/default/containers/old",
        ),
        (
            "azurerm_storage_container.new",
            "Microsoft.Storage/storageAccounts/orders/blobServices/default/containers/new",
        ),
        ("azurerm_key_vault.keys", "Microsoft.KeyVault/vaults/KV-App"),
        ("azurerm_key_vault_key.disks", "Microsoft.KeyVault/vaults/kv-app/keys/disks"),
        ("azurerm_network_security_group.web", "Microsoft.Network/networkSecurityGroups/web"),
        (
            "azurerm_network_security_rule.https",
            "Microsoft.Network/networkSecurityGroups/web/securityRules/https",
        ),
        ("azurerm_virtual_network.hub", "Microsoft.Network/virtualNetworks/hub"),
        ("azurerm_subnet.data", "Microsoft.Network/virtualNetworks/hub/subnets/data"),
        ("azurerm_kubernetes_cluster.aks", "Microsoft.ContainerService/managedClusters/aks"),
        (
            "azurerm_kubernetes_cluster.aks#default_node_pool",
            "Microsoft.ContainerService/managedClusters/aks/agentPools/system",
        ),
        (
            "azurerm_kubernetes_cluster_node_pool.user",
            "Microsoft.ContainerService/managedClusters/aks/agentPools/user",
        ),
        ("azurerm_mssql_database.ledger", "Microsoft.Sql/servers/sql/databases/ledger"),
    ],
)
def test_code_and_arm_id_give_one_key(address: str, arm_id: str) -> None:
    key = declared(CODE)[address].key
    assert isinstance(key, str)
    assert key == from_id(_ID + arm_id)


def test_the_group_tells_networks_of_one_name_apart() -> None:
    assets = declared("""
resource "azurerm_virtual_network" "one" {
  name                = "hub"
  resource_group_name = "rg-one"
}
resource "azurerm_virtual_network" "two" {
  name                = "hub"
  resource_group_name = "rg-two"
}
""")
    assert len({asset.key for asset in assets.values()}) == 2


def test_a_name_from_a_variable_leaves_the_key_open() -> None:
    asset = declared("""
variable "name" {
  type = string
}
resource "azurerm_key_vault" "keys" {
  name     = var.name
  sku_name = "standard"
}
""")["azurerm_key_vault.keys"]
    assert isinstance(asset.key, Unresolved)
    assert "var.name" in asset.key.because


@pytest.mark.parametrize(
    "text", ["", "/subscriptions/s", "/subscriptions/s/resourceGroups/g", "orders", "/a/b/c"]
)
def test_what_is_no_resource_has_no_key(text: str) -> None:
    assert from_id(text) is None
