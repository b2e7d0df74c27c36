param guarded bool
param guard string

resource copies 'Microsoft.DataProtection/backupVaults@2025-07-01' = { // expect: unknown two_people
  name: 'copies'
  location: 'westeurope'
  properties: {}
}

resource proxy 'Microsoft.DataProtection/backupVaults/backupResourceGuardProxies@2025-07-01' = if (guarded) {
  parent: copies
  name: 'DppResourceGuardProxy'
  properties: {
    resourceGuardResourceId: guard
  }
}
