resource held 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'held'
  location: 'westeurope'
  properties: {
    addonProfiles: { azurepolicy: { enabled: true } }
  }
}

resource named 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'named'
  location: 'westeurope'
  properties: {
    addonProfiles: { azurePolicy: { enabled: true } }
  }
}
