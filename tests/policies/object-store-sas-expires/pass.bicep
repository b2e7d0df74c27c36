resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }
  properties: {
    sasPolicy: { sasExpirationPeriod: '07.00:00:00', expirationAction: 'Block' }
  }
}
