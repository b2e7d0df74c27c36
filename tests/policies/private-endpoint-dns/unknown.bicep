param zones array

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: resourceId('Microsoft.Storage/storageAccounts', 'orders'), groupIds: ['blob'] } }
    ]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: zones // expect: unknown private_dns
    }
  }
}
