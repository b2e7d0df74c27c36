param chosen string

resource vault 'Microsoft.RecoveryServices/vaults@2024-04-01' = {
  name: 'copies'
  location: 'westeurope'
  sku: {
    name: 'Standard'
  }
  properties: {
    publicNetworkAccess: 'Disabled'
  }
}

resource settings 'Microsoft.RecoveryServices/vaults/backupconfig@2023-01-01' = {
  parent: vault
  name: 'vaultconfig'
  properties: {
    softDeleteFeatureState: chosen // expect: unknown backup.soft_delete, unknown soft_delete_days
  }
}
