resource door 'Microsoft.Cdn/profiles@2024-09-01' = { // expect: fail waf
  name: 'edge'
  location: 'global'
  sku: { name: 'Standard_AzureFrontDoor' }
}

resource older 'Microsoft.Network/frontDoors@2021-06-01' = {
  name: 'older'
  location: 'global'
  properties: {
    frontendEndpoints: [
      { name: 'default', properties: { hostName: 'older.azurefd.net' } } // expect: fail waf
    ]
  }
}
