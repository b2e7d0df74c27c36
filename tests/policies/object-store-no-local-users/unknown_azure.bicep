param chosen bool

resource store 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_GRS' }
  properties: {
    isSftpEnabled: true
    isLocalUserEnabled: chosen // expect: unknown local_users
  }
}
