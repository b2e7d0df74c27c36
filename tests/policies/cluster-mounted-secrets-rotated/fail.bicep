resource chosen 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'chosen'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: {
          enableSecretRotation: 'false' // expect: fail mounted_secrets.rotated
        }
      }
    }
  }
}

resource silent 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true // expect: fail mounted_secrets.rotated
        config: {}
      }
    }
  }
}
