resource chosen 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'chosen'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS' // expect: fail ha.multi_region
  }
  properties: {}
}

resource other 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'other'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS' // expect: fail ha.multi_region
  }
  properties: {}
}
