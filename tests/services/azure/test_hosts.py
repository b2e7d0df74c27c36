"""A host that is made from what another resource will be called is that resource's, and nobody else's."""

from __future__ import annotations

import pytest

from tests.parity import UNKNOWN, from_bicep
from tests.services.azure.declared import declared, told
from tests.services.azure.store_blocks import front_door

_ACCOUNTS = """
variable "x" {}
resource "azurerm_storage_account" "files" {
  name = var.x
}
resource "azurerm_storage_account" "bills" {
  name = "bills"
}
"""
_PUBLISHED = "network.published"


@pytest.mark.parametrize(
    ("host", "files", "bills"),
    [
        ("azurerm_storage_account.files.primary_web_host", True, False),
        (
            'trimsuffix(trimprefix(azurerm_storage_account.files.primary_web_endpoint, "https://"), "/")',
            True,
            False,
        ),
        ('"${azurerm_storage_account.bills.name}.blob.core.windows.net"', UNKNOWN, True),
        ('"${var.x}.blob.core.windows.net"', True, UNKNOWN),
        ('"${var.x}-other.blob.core.windows.net"', UNKNOWN, UNKNOWN),
        ('"bills-secondary.blob.core.windows.net"', UNKNOWN, True),
        ('"bills.z6.web.core.windows.net"', UNKNOWN, True),
        ('"bills.documents.azure.com"', False, False),
        ("coalesce(var.x, azurerm_storage_account.files.primary_blob_host)", UNKNOWN, UNKNOWN),
    ],
)
def test_in_terraform(host: str, files: object, bills: object) -> None:
    found = declared(_ACCOUNTS + front_door((host, "")).terraform)
    assert told(found["azurerm_storage_account.files"], _PUBLISHED) == files
    assert told(found["azurerm_storage_account.bills"], _PUBLISHED) == bills


_BICEP = """
param x string
resource files 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: x
}
resource bills 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'bills'
}
resource profile 'Microsoft.Cdn/profiles@2024-02-01' = {
  name: 'fd'
  sku: {
    name: 'Premium_AzureFrontDoor'
  }
}
resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-02-01' = {
  parent: profile
  name: 'fe'
}
resource origins 'Microsoft.Cdn/profiles/originGroups@2024-02-01' = {
  parent: profile
  name: 'og'
}
resource origin 'Microsoft.Cdn/profiles/originGroups/origins@2024-02-01' = {
  parent: origins
  name: 'o'
  properties: {
    hostName: HOST
  }
}
resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-02-01' = {
  parent: endpoint
  name: 'r'
  properties: {
    originGroup: {
      id: origins.id
    }
  }
}
"""


@pytest.mark.parametrize(
    ("host", "files", "bills"),
    [
        ("replace(replace(files.properties.primaryEndpoints.web, 'https://', ''), '/', '')", True, False),
        ("split(bills.properties.primaryEndpoints.blob, '/')[2]", False, True),
        ("'${files.name}.blob.${environment().suffixes.storage}'", True, UNKNOWN),
        ("'${bills.name}.blob.core.windows.net'", UNKNOWN, True),
        ("x", UNKNOWN, UNKNOWN),
    ],
)
def test_in_bicep(host: str, files: object, bills: object) -> None:
    found = {each.address: each for each in from_bicep(_BICEP.replace("HOST", host))}
    assert told(found["files"], _PUBLISHED) == files
    assert told(found["bills"], _PUBLISHED) == bills
