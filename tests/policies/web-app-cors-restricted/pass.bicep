resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      cors: { allowedOrigins: ['https://shop.example.org'] }
    }
  }
}

resource plain 'Microsoft.Web/sites@2024-04-01' = {
  name: 'plain'
  location: 'westeurope'
  properties: {
    httpsOnly: true
  }
}
