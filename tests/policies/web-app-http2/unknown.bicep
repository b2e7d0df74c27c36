param newer bool

resource shop 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      http20Enabled: newer // expect: unknown http2
    }
  }
}
