resource chosen 'Microsoft.Web/sites@2024-04-01' = {
  name: 'chosen'
  location: 'westeurope'
  kind: 'app'
  properties: {
    siteConfig: {
      healthCheckPath: '/health'
    }
  }
}
