resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'apps'
  location: 'westeurope'
  properties: {
    appLogsConfiguration: { destination: 'none' } // expect: fail logs.enabled
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'shop'
  location: 'westeurope'
  properties: { environmentId: environment.id }
}
