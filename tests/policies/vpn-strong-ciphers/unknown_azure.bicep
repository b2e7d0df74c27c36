param chosen string

resource it 'Microsoft.Network/connections@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    connectionType: chosen // expect: unknown weak_ciphers
  }
}
