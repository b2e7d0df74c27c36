resource kv 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'orders-kv'
  location: 'westeurope'
  properties: { sku: { family: 'A', name: 'standard' }, tenantId: tenant().tenantId }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'orders-kv'
  location: 'westeurope'
  properties: {
    subnet: { id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'data') }
    privateLinkServiceConnections: [
      { name: 'kv', properties: { privateLinkServiceId: kv.id, groupIds: ['vault'] } }
    ]
  }
}
