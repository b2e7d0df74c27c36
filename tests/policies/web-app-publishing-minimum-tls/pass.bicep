resource chosen 'Microsoft.Web/sites@2024-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  kind: 'app,linux'
  properties: {
    siteConfig: {
      scmMinTlsVersion: '1.2'
    }
  }
}

resource other 'Microsoft.Web/sites@2024-04-01' = {
  name: 'other'
  location: 'westeurope'
  kind: 'app,linux'
  properties: {
    siteConfig: {
      scmMinTlsVersion: '1.3'
    }
  }
}

resource silent 'Microsoft.Web/sites@2024-04-01' = {
  name: 'silent'
  location: 'westeurope'
  kind: 'app,linux'
  properties: {
    siteConfig: {}
  }
}
