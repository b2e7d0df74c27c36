param chosen string

resource open 'Microsoft.Web/sites@2024-04-01' = {
  name: 'open'
  location: 'westeurope'
  kind: 'app,linux'
  properties: {
    siteConfig: {
      scmMinTlsVersion: chosen // expect: unknown publishing.tls_min_version
    }
  }
}
