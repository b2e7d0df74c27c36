resource sound 'Microsoft.Network/vpnServerConfigurations@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: { vpnAuthenticationTypes: ['AAD'] }
}

resource faulty 'Microsoft.Network/vpnServerConfigurations@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    vpnAuthenticationTypes: ['Certificate'] // expect: fail auth.iam
  }
}
