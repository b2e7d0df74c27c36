@secure()
param key string

resource it 'Microsoft.Network/connections@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    connectionType: 'IPsec'
    sharedKey: key
  }
}
