param guard string

resource copies 'Microsoft.RecoveryServices/vaults@2025-02-01' = {
  name: 'copies'
  location: 'westeurope'
  properties: {}
}

resource proxy 'Microsoft.RecoveryServices/vaults/backupResourceGuardProxies@2025-02-01' = {
  parent: copies
  name: 'VaultProxy'
  properties: {
    resourceGuardResourceId: guard
  }
}
