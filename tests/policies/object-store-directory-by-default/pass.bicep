resource chosen 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    defaultToOAuthAuthentication: true
  }
}
