param chosen string

resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }
  properties: {
    sasPolicy: { sasExpirationPeriod: chosen, expirationAction: 'Block' } // expect: unknown sas_expires
  }
}
