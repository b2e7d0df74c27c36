resource chosen 'Microsoft.Web/sites@2024-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  kind: 'app,linux'
  properties: {
    siteConfig: {
      scmMinTlsVersion: '1.0' // expect: fail publishing.tls_min_version
    }
  }
}

resource other 'Microsoft.Web/sites@2024-04-01' = {
  name: 'other'
  location: 'westeurope'
  kind: 'app,linux'
  properties: {
    siteConfig: {
      scmMinTlsVersion: '1.1' // expect: fail publishing.tls_min_version
    }
  }
}
