resource chosen 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'chosen'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'None' // expect: fail network.trusted_services
    }
  }
}

resource other 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'other'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'Logging, Metrics' // expect: fail network.trusted_services
    }
  }
}
