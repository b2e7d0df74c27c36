targetScope = 'subscription'

param source string

resource contact 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    emails: 'security@example.org'
    isEnabled: true
    notificationsSources: [{ sourceType: source }] // expect: unknown security_contact.attack_paths
  }
}
