resource it 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    gatewayType: 'Vpn'
    vpnClientConfiguration: { vpnAuthenticationTypes: ['AAD'] }
  }
}
