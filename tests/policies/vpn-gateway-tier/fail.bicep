resource it 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    gatewayType: 'Vpn'
    sku: { name: 'Basic', tier: 'Basic' } // expect: fail basic_tier
  }
}
