param chosen string

resource it 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    gatewayType: chosen // expect: unknown auth.iam
    vpnClientConfiguration: { vpnAuthenticationTypes: ['AAD'] }
  }
}
