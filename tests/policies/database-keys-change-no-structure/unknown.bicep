param chosen bool

resource open 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    disableKeyBasedMetadataWriteAccess: chosen // expect: unknown keys_change_structure
  }
}
