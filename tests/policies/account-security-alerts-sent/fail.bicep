targetScope = 'subscription'

resource team 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    emails: 'security@example.org'
    notificationsSources: [ // expect: fail security_contact.alerts
      {
        sourceType: 'AttackPath'
        minimalRiskLevel: 'High'
      }
    ]
  }
}
