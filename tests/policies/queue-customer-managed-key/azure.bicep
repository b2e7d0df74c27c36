param chosen object

resource sound 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sound'
  location: 'westeurope'
  sku: { name: 'Premium' }
  properties: {
    encryption: { keySource: 'Microsoft.KeyVault', keyVaultProperties: [{ keyName: 'data' }] }
  }
}

resource faulty 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'faulty'
  location: 'westeurope'
  sku: { name: 'Premium' }
  properties: {
    encryption: { keyVaultProperties: [] } // expect: fail encryption.customer_managed_key
  }
}

resource open 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'open'
  location: 'westeurope'
  sku: { name: 'Premium' }
  properties: {
    encryption: chosen // expect: unknown encryption.customer_managed_key
  }
}
