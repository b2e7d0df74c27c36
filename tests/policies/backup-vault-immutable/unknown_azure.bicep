param chosen string

resource vault 'Microsoft.DataProtection/backupVaults@2024-04-01' = {
  name: 'copies'
  location: 'westeurope'
  properties: {
    securitySettings: {
      immutabilitySettings: {
        state: chosen // expect: unknown backup.immutable
      }
    }
  }
}
