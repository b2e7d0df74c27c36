resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      scmIpSecurityRestrictionsDefaultAction: 'Deny'
    }
  }
}

resource other 'Microsoft.Web/sites@2024-04-01' = {
  name: 'other'
  location: 'westeurope'
  properties: {
    siteConfig: {
      ipSecurityRestrictionsDefaultAction: 'Deny'
      scmIpSecurityRestrictionsUseMain: true
    }
  }
}
