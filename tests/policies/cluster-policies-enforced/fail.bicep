resource silent 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: { // expect: fail policies_enforced
    dnsPrefix: 'silent'
  }
}

resource off 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'off'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      azurepolicy: {
        enabled: false // expect: fail policies_enforced
      }
    }
  }
}
