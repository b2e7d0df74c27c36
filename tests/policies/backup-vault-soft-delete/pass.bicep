resource vault 'Microsoft.RecoveryServices/vaults@2024-04-01' = {
  name: 'copies'
  location: 'westeurope'
  sku: {
    name: 'Standard'
  }
  properties: {
    securitySettings: {
      softDeleteSettings: {
        softDeleteState: 'AlwaysON'
        softDeleteRetentionPeriodInDays: 14
      }
    }
  }
}
