param chosen bool

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    apiServerAccessProfile: {
      disableRunCommand: chosen // expect: unknown run_command
    }
  }
}
