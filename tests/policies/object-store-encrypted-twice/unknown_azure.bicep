param chosen bool

resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }
  properties: {
    encryption: { keySource: 'Microsoft.Storage', requireInfrastructureEncryption: chosen } // expect: unknown encrypted_twice
  }
}
