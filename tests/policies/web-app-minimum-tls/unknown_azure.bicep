param chosen string

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: {
    siteConfig: {
      minTlsVersion: chosen // expect: unknown tls.min_version
    }
  }
}
