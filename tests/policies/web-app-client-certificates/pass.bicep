resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    clientCertEnabled: true
    clientCertMode: 'Required'
  }
}
