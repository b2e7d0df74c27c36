param chosen string

resource open 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'open'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: chosen // expect: unknown ha.multi_region
  }
  properties: {}
}
