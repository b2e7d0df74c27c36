resource chosen 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    disableKeyBasedMetadataWriteAccess: true
  }
}
