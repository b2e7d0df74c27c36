resource pages 'Microsoft.Web/staticSites@2024-04-01' = {
  name: 'pages'
  location: 'westeurope'
  properties: {}

  resource settings 'config' = {
    name: 'functionappsettings'
    properties: {
      API_PASSWORD: 'not-a-good-one' // expect: fail inline_secrets
    }
  }
}
