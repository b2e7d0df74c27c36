@secure()
param key string

resource office 'Microsoft.Network/vpnGateways/vpnConnections@2024-05-01' = {
  name: 'hub/office'
  properties: {
    vpnLinkConnections: [
      {
        name: 'first'
        properties: {
          sharedKey: key
        }
      }
      {
        name: 'second'
        properties: {
          sharedKey: 'not-a-good-one' // expect: fail inline_secrets
        }
      }
    ]
  }
}
