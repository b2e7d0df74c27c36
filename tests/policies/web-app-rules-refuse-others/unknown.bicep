param otherwise string

resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      ipSecurityRestrictions: [
        { name: 'office', priority: 100, action: 'Allow', ipAddress: '198.51.100.0/24' }
      ]
      ipSecurityRestrictionsDefaultAction: otherwise // expect: unknown network.rules_let_in_all
    }
  }
}
