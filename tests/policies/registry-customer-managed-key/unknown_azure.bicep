param chosen string

resource thing 'Microsoft.ContainerRegistry/registries@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    encryption: {
      keyVaultProperties: {
        keyIdentifier: chosen // expect: unknown encryption.customer_managed_key
      }
    }
  }
}
