param chosen string

resource open 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'open'
  location: 'westeurope'
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    allowedCopyScope: chosen // expect: unknown copies_from_anywhere
  }
}
