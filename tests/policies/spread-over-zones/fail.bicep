resource documents 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'documents'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS' // expect: fail ha.multi_zone
  }
}
