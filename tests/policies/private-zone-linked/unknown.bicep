param linked bool

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = { // expect: unknown linked
  name: 'privatelink.blob.core.windows.net'
  location: 'global'
}

resource hub 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = if (linked) {
  parent: zone
  name: 'hub'
  location: 'global'
  properties: { virtualNetwork: { id: resourceId('Microsoft.Network/virtualNetworks', 'hub') } }
}
