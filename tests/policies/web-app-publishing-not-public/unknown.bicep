param otherwise string

resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      scmIpSecurityRestrictionsDefaultAction: otherwise // expect: unknown network.publishing_public
    }
  }
}
