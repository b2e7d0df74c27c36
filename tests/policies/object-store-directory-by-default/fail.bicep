resource chosen 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    defaultToOAuthAuthentication: false // expect: fail directory_by_default
  }
}

resource silent 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'silent'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {} // expect: fail directory_by_default
}
