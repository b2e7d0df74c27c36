resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' = {
  name: 'copies'
  location: 'westeurope'
  properties: {
    storageSettings: [
      {
        datastoreType: 'VaultStore'
        type: 'LocallyRedundant' // expect: fail backup.cross_region
      }
    ]
  }
}
