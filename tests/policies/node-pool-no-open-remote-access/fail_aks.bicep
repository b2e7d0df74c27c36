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
      allowedHostPorts: [ // expect: fail remote_access_open
        {
          portStart: 22
          portEnd: 22
          protocol: 'TCP'
        }
      ]
    }
  }
}
