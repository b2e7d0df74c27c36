resource it 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    gatewayType: 'Vpn'
    sku: { name: 'VpnGw2AZ', tier: 'VpnGw2AZ' }
  }
}
