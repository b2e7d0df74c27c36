resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: 'privatelink.blob.core.windows.net'
  location: 'global'

  resource hub 'virtualNetworkLinks' = {
    name: 'hub'
    location: 'global'
    properties: {
      virtualNetwork: { id: resourceId('Microsoft.Network/virtualNetworks', 'hub') }
      registrationEnabled: false
    }
  }
}
