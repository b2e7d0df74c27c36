resource main 'Microsoft.ContainerService/managedClusters@2025-05-01' existing = {
  name: 'main'
}

resource game 'Microsoft.ContainerService/managedClusters/agentPools@2025-05-01' = {
  parent: main
  name: 'game'
  properties: {
    vmSize: 'Standard_D4s_v5'
    enableNodePublicIP: true
    networkProfile: {
      allowedHostPorts: [
        {
          portStart: 7777
          portEnd: 7777
          protocol: 'TCP'
        }
      ]
    }
  }
}
