param chosen int

resource vault 'Microsoft.RecoveryServices/vaults@2024-04-01' existing = {
  name: 'copies'
}

resource daily 'Microsoft.RecoveryServices/vaults/backupPolicies@2024-04-01' = {
  parent: vault
  name: 'daily'
  properties: {
    backupManagementType: 'AzureIaasVM'
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy'
      dailySchedule: {
        retentionDuration: {
          count: chosen // expect: unknown backup.retention_days
          durationType: 'Days'
        }
      }
    }
  }
}
