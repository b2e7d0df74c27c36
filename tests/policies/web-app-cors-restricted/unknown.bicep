param origins array

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      cors: { allowedOrigins: origins } // expect: unknown cors.any_origin
    }
  }
}
