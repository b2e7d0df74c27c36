param chosen string

resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' = {
  name: 'copies'
  location: 'westeurope'
  properties: {
    storageSettings: [
      {
        datastoreType: 'VaultStore'
        type: chosen // expect: unknown backup.cross_region, unknown restore.cross_region
      }
    ]
  }
}
