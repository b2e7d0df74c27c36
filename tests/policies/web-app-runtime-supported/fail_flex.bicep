resource jobs 'Microsoft.Web/sites@2024-04-01' = {
  name: 'jobs'
  location: 'westeurope'
  kind: 'functionapp,linux'
  properties: {
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '8.0' // expect: fail runtime
      }
    }
  }
}
