"""The same things of Azure in Terraform and in an ARM template: edges of networks and platforms for applications."""

from __future__ import annotations

from tests.services.azure.pairs import PIN, Pair, resource

_STORE_ID = "[resourceId('Microsoft.Storage/storageAccounts', 'private')]"
_ENDPOINT = Pair(
    "private endpoint",
    PIN
    + """
resource "azurerm_storage_account" "private" {
  name                     = "private"
  resource_group_name      = "rg"
  account_kind             = "StorageV2"
  account_replication_type = "LRS"
  min_tls_version          = "TLS1_2"
}
resource "azurerm_private_endpoint" "e" {
  name                = "blob"
  resource_group_name = "rg"
  subnet_id           = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/n/subnets/s"
  private_service_connection {
    name                           = "c"
    private_connection_resource_id = azurerm_storage_account.private.id
    is_manual_connection           = false
    subresource_names              = ["blob"]
  }
  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = ["/z"]
  }
}
""",
    (
        resource(
            "Microsoft.Storage/storageAccounts",
            "private",
            kind="StorageV2",
            sku={"name": "Standard_LRS"},
            properties={"minimumTlsVersion": "TLS1_2"},
        ),
        resource(
            "Microsoft.Network/privateEndpoints",
            "blob",
            properties={
                "privateLinkServiceConnections": [
                    {"name": "c", "properties": {"privateLinkServiceId": _STORE_ID, "groupIds": ["blob"]}}
                ]
            },
            resources=[
                resource(
                    "privateDnsZoneGroups",
                    "default",
                    properties={
                        "privateDnsZoneConfigs": [{"name": "z", "properties": {"privateDnsZoneId": "/z"}}]
                    },
                )
            ],
        ),
    ),
    frozenset({"public_access_blocked"}),
)

EDGE = (_ENDPOINT,)
