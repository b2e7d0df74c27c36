"""Terraform's azapi provider beside azurerm in one root: what each says of the other's resources."""

from __future__ import annotations

import pytest

from tests.parity import UNKNOWN
from tests.services.azure.declared import declared, line, together, told
from tests.sources.terraform_trees import read
from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.azapi import as_arm

GROUP = """
resource "azurerm_resource_group" "rg" {
  name     = "rg"
  location = "westeurope"
}
"""
ACCOUNT = (
    GROUP
    + """
resource "azapi_resource" "orders" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "orders"
  parent_id = azurerm_resource_group.rg.id
  location  = "westeurope"
  body = {
    properties = { minimumTlsVersion = "TLS1_0" }
  }
}
"""
)
OF_AZURERM = (
    GROUP
    + """
resource "azurerm_storage_account" "orders" {
  name                = "orders"
  resource_group_name = azurerm_resource_group.rg.name
  min_tls_version     = "TLS1_2"
  blob_properties {
    versioning_enabled = false
  }
}
"""
)
BESIDE = (
    ACCOUNT
    + """
resource "azurerm_storage_account_network_rules" "closed" {
  storage_account_id = azapi_resource.orders.id
  default_action     = "Deny"
}
resource "azurerm_private_endpoint" "inside" {
  name                = "inside"
  resource_group_name = "rg"
  subnet_id           = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
  private_service_connection {
    name                           = "orders"
    private_connection_resource_id = azapi_resource.orders.id
    is_manual_connection           = false
    subresource_names              = ["blob"]
  }
}
"""
)
SERVERS = (
    GROUP
    + """
resource "azapi_resource" "orders" {
  type      = "Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01"
  name      = "orders"
  parent_id = azurerm_resource_group.rg.id
  body      = {}
}
resource "azurerm_postgresql_flexible_server" "invoices" {
  name                = "invoices"
  resource_group_name = azurerm_resource_group.rg.name
}
"""
)
LOCK = """
resource "azurerm_management_lock" "keep" {
  name       = "keep"
  scope      = %s
  lock_level = "CanNotDelete"
}
"""
AZAPI_LOCK = """
resource "azapi_resource" "keep" {
  type      = "Microsoft.Authorization/locks@2020-05-01"
  name      = "keep"
  parent_id = %s
  body      = { properties = { level = "CanNotDelete" } }
}
"""
OF_AZAPI = "azapi_resource.orders"
INVOICES = "azurerm_postgresql_flexible_server.invoices"
LOCKS = {
    (lock, scope): SERVERS + lock % f"{scope}.id"
    for lock in (LOCK, AZAPI_LOCK)
    for scope in (OF_AZAPI, INVOICES, "azurerm_resource_group.rg")
}
CHILD = (
    OF_AZURERM
    + """
resource "azapi_resource" "blobs" {
  type      = "Microsoft.Storage/storageAccounts/blobServices@2023-05-01"
  name      = "default"
  parent_id = azurerm_storage_account.orders.id
  body = {
    properties = {
      isVersioningEnabled = true
    }
  }
}
"""
)
_UPDATE = """
resource "azapi_update_resource" "older" {
  type        = "Microsoft.Storage/storageAccounts@2023-05-01"
  resource_id = %s
  body = {
    properties = {
      minimumTlsVersion = "TLS1_1"
    }
  }
}
"""
UPDATED = OF_AZURERM + _UPDATE % "azurerm_storage_account.orders.id"
UPDATED_AZAPI = ACCOUNT + _UPDATE % "azapi_resource.orders.id"
ELSEWHERE = (
    _UPDATE % '"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/orders"'
)
OPEN = (
    GROUP
    + """
variable "body" {}
resource "azapi_resource" "orders" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "orders"
  parent_id = azurerm_resource_group.rg.id
  body      = var.body
}
resource "azapi_resource" "none" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "none"
  parent_id = azurerm_resource_group.rg.id
  body      = "{ no JSON"
}
"""
)
TEXTS = (*LOCKS.values(), BESIDE, CHILD, UPDATED, UPDATED_AZAPI, ELSEWHERE, OPEN)
together(TEXTS)


def test_companions_of_azurerm_belong_to_a_resource_of_azapi() -> None:
    account = declared(BESIDE)["azapi_resource.orders"]
    assert account.key == "azure:microsoft.storage/storageaccounts/orders"
    assert told(account, "tls.min_version") == "1.0"
    assert line(account, "tls.min_version") == 13
    assert told(account, "network.allowed_sources") == []
    assert told(account, "network.private_endpoint") is True
    assert (
        account.settings["network.allowed_sources"].resource.address
        == "azurerm_storage_account_network_rules.closed"
    )


@pytest.mark.parametrize(("lock", "scope"), LOCKS)
def test_locks_of_either_protect_what_either_declares(lock: str, scope: str) -> None:
    found = declared(LOCKS[lock, scope])
    protected = {name for name in (OF_AZAPI, INVOICES) if told(found[name], "deletion_protection") is True}
    assert protected == ({scope} if scope in found else {OF_AZAPI, INVOICES})


def test_children_of_azapi_belong_to_a_resource_of_azurerm() -> None:
    account = declared(CHILD)["azurerm_storage_account.orders"]
    assert told(account, "versioning") is True
    assert account.settings["versioning"].resource.address == "azapi_resource.blobs"
    assert told(account, "tls.min_version") == "1.2"


def test_an_update_goes_over_what_azurerm_declares() -> None:
    found = declared(UPDATED)
    account = found["azurerm_storage_account.orders"]
    assert told(account, "tls.min_version") == "1.1"
    assert line(account, "tls.min_version") == 21
    assert account.key == "azure:microsoft.storage/storageaccounts/orders"
    assert told(account, "versioning") is False
    assert "azapi_update_resource.older" not in found


def test_an_update_goes_over_what_azapi_declares() -> None:
    found = declared(UPDATED_AZAPI)
    account = found["azapi_resource.orders"]
    assert told(account, "tls.min_version") == "1.1"
    assert line(account, "tls.min_version") == 22
    assert "azapi_update_resource.older" not in found


def test_an_update_of_what_is_declared_elsewhere_states_that_part_alone() -> None:
    account = declared(ELSEWHERE)["azapi_update_resource.older"]
    assert account.key == "azure:microsoft.storage/storageaccounts/orders"
    assert told(account, "tls.min_version") == "1.1"
    assert told(account, "network.allowed_sources") == UNKNOWN


@pytest.mark.parametrize("name", ["orders", "none"])
def test_a_body_that_is_not_known_leaves_all_unknown(name: str) -> None:
    account = declared(OPEN)[f"azapi_resource.{name}"]
    assert account.name == name
    assert told(account, "tls.min_version", "network.allowed_sources") == {
        "tls.min_version": UNKNOWN,
        "network.allowed_sources": UNKNOWN,
    }


def test_a_type_that_is_not_known_stays_what_it_is(tmp_path: object) -> None:
    text = """
variable "type" {}
resource "azapi_resource" "one" {
  type = var.type
  name = "one"
}
"""
    (found,) = as_arm(read(tmp_path, text).resources.values())  # type: ignore[arg-type]
    assert found.type == "azapi_resource"
    assert isinstance(found.body["type"], Unresolved)
