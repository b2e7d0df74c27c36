targetScope = 'subscription'

resource team 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    emails: 'security@example.org'
    notificationsByRole: {
      state: 'Off' // expect: fail security_contact.owners
      roles: [
        'Owner'
      ]
    }
  }
}
