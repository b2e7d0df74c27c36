resource chosen 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    disableKeyBasedMetadataWriteAccess: false // expect: fail keys_change_structure
  }
}

resource silent 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = { // expect: fail keys_change_structure
  name: 'silent'
  location: 'westeurope'
  properties: {}
}
