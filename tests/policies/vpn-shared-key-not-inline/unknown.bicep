param production bool

@secure()
param key string

resource it 'Microsoft.Network/connections@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    connectionType: 'IPsec'
    sharedKey: production ? key : 'not-a-good-one' // expect: unknown inline_secrets
  }
}
