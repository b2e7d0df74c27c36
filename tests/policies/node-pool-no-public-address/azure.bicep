param chosen bool

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    agentPoolProfiles: [
      { name: 'nodes', enableNodePublicIP: false }
    ]
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    agentPoolProfiles: [
      { name: 'nodes', enableNodePublicIP: true } // expect: fail public_ip
    ]
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    agentPoolProfiles: [
      { name: 'nodes', enableNodePublicIP: chosen } // expect: unknown public_ip
    ]
  }
}
