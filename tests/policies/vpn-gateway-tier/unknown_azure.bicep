param chosen string

resource it 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    gatewayType: chosen // expect: unknown basic_tier
    sku: { name: 'VpnGw2AZ', tier: 'VpnGw2AZ' }
  }
}
