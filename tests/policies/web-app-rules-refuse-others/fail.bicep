resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      ipSecurityRestrictions: [
        { name: 'office', priority: 100, action: 'Allow', ipAddress: '198.51.100.0/24' }
      ]
      ipSecurityRestrictionsDefaultAction: 'Allow' // expect: fail network.rules_let_in_all
    }
  }
}

resource other 'Microsoft.Web/sites@2024-04-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    siteConfig: {
      ipSecurityRestrictions: [
        { name: 'office', priority: 100, action: 'Allow', ipAddress: '198.51.100.0/24' }
        { name: 'all', priority: 200, action: 'Allow', ipAddress: 'Any' } // expect: fail network.rules_let_in_all
      ]
    }
  }
}
