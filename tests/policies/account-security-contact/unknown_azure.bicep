param chosen string

targetScope = 'subscription'

resource team 'Microsoft.Security/securityContacts@2023-12-01-preview' = {
  name: 'default'
  properties: {
    emails: chosen // expect: unknown security_contact.email
  }
}
