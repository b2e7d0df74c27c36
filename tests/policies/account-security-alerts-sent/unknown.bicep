targetScope = 'subscription'

param address string

resource team 'Microsoft.Security/securityContacts@2020-01-01-preview' = {
  name: 'default'
  properties: {
    emails: address
    alertNotifications: { // expect: unknown security_contact.alerts
      state: 'On'
      minimalSeverity: 'Medium'
    }
  }
}
