param chosen string

resource thing 'Microsoft.DataFactory/factories@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    encryption: {
      keyName: chosen // expect: unknown encryption.customer_managed_key
    }
  }
}
