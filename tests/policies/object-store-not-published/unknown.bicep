param x string
resource r0 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'orders'
  properties: {
    publicNetworkAccess: 'Disabled'
  }
}
resource r1 'Microsoft.Cdn/profiles@2024-01-01' = {
  name: 'fd'
  sku: {
    name: 'Premium_AzureFrontDoor'
  }
}
resource r2 'Microsoft.Cdn/profiles/afdEndpoints@2024-01-01' = {
  parent: r1
  name: 'fe'
  properties: {
  }
}
resource r3 'Microsoft.Cdn/profiles/originGroups@2024-01-01' = {
  parent: r1
  name: 'og'
  properties: {
  }
}
resource r4 'Microsoft.Cdn/profiles/originGroups/origins@2024-01-01' = {
  parent: r3
  name: 'o'
  properties: {
    hostName: x
    enforceCertificateNameCheck: true
    sharedPrivateLinkResource: {
      privateLink: {
        id: x
      }
    }
  }
}
resource r5 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-01-01' = { // expect: unknown network.published
  parent: r2
  name: 'r'
  properties: {
    originGroup: {
      id: r3.id
    }
    patternsToMatch: [
      '/*'
    ]
  }
}
