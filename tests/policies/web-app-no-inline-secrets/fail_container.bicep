resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    configuration: {
      secrets: [
        { name: 'db', value: 'not-a-good-one' } // expect: fail inline_secrets
      ]
    }
  }
}
