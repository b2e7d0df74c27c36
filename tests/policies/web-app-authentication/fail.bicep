resource app 'Microsoft.Web/sites@2024-04-01' = { // expect: fail authentication
  name: 'shop'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }
}
