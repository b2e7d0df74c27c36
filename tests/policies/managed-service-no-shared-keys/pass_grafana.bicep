resource boards 'Microsoft.Dashboard/grafana@2024-10-01' = {
  name: 'boards'
  location: 'westeurope'
  properties: {
    apiKey: 'Disabled'
  }
}
