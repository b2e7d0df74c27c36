param chosen string

resource open 'Microsoft.Web/sites@2024-04-01' = {
  name: 'open'
  location: 'westeurope'
  kind: 'app'
  properties: {
    siteConfig: {
      healthCheckPath: chosen // expect: unknown health_check
    }
  }
}
