resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'orders'
  location: 'westeurope'
  properties: {
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: resourceId('Microsoft.Storage/storageAccounts', 'orders'), groupIds: ['blob'] } }
    ]
  }
}

resource record 'Microsoft.Network/privateDnsZones/A@2024-06-01' = {
  name: 'privatelink.blob.core.windows.net/orders'
  properties: {
    ttl: 300
    aRecords: [
      { ipv4Address: endpoint.properties.customDnsConfigs[0].ipAddresses[0] }
    ]
  }
}
