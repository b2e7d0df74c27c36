param chosen string

resource it 'Microsoft.Network/connections@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    connectionType: 'IPsec'
    connectionProtocol: chosen // expect: unknown ike_version
  }
}
