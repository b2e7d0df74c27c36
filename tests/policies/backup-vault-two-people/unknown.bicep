param guarded bool
param guard string

resource copies 'Microsoft.RecoveryServices/vaults@2025-02-01' = { // expect: unknown two_people
  name: 'copies'
  location: 'westeurope'
  properties: {}
}

resource proxy 'Microsoft.RecoveryServices/vaults/backupResourceGuardProxies@2025-02-01' = if (guarded) {
  parent: copies
  name: 'VaultProxy'
  properties: {
    resourceGuardResourceId: guard
  }
}
