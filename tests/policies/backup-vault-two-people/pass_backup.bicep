param guard string

resource copies 'Microsoft.DataProtection/backupVaults@2025-07-01' = {
  name: 'copies'
  location: 'westeurope'
  properties: {}
}

resource proxy 'Microsoft.DataProtection/backupVaults/backupResourceGuardProxies@2025-07-01' = {
  parent: copies
  name: 'DppResourceGuardProxy'
  properties: {
    resourceGuardResourceId: guard
  }
}
