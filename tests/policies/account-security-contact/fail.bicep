targetScope = 'subscription'

resource team 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    emails: '' // expect: fail security_contact.email
  }
}
