param settings array

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      appSettings: settings // expect: unknown inline_secrets
    }
  }
}
