param chosen bool

resource open 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'open'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    defaultToOAuthAuthentication: chosen // expect: unknown directory_by_default
  }
}
