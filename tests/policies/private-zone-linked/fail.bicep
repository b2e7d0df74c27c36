resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = { // expect: fail linked
  name: 'privatelink.blob.core.windows.net'
  location: 'global'
}
