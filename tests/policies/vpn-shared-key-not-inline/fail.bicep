resource it 'Microsoft.Network/connections@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    connectionType: 'IPsec'
    sharedKey: 'not-a-good-one' // expect: fail inline_secrets
  }
}
