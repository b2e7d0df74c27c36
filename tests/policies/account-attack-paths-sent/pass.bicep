targetScope = 'subscription'

resource contact 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    emails: 'security@example.org'
    isEnabled: true
    notificationsSources: [{ sourceType: 'Alert', minimalSeverity: 'High' }, { sourceType: 'AttackPath', minimalRiskLevel: 'Critical' }]
  }
}
