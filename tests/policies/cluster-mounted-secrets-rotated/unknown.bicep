param chosen string

resource open 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: {
          enableSecretRotation: chosen // expect: unknown mounted_secrets.rotated
        }
      }
    }
  }
}
