resource chosen 'Microsoft.Web/sites@2024-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  kind: 'app'
  properties: {
    siteConfig: {
      healthCheckPath: '' // expect: fail health_check
    }
  }
}

resource silent 'Microsoft.Web/sites@2024-04-01' = { // expect: fail health_check
  name: 'silent'
  location: 'westeurope'
  kind: 'app'
  properties: {
    siteConfig: {}
  }
}
