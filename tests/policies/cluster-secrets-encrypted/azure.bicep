param chosen bool

resource sound 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    securityProfile: {
      azureKeyVaultKms: { enabled: true, keyId: 'https://vault.vault.azure.net/keys/data/1' }
    }
  }
}

resource faulty 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    securityProfile: {
      azureKeyVaultKms: { enabled: false, keyId: 'https://vault.vault.azure.net/keys/data/1' } // expect: fail secrets_encrypted
    }
  }
}

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    securityProfile: {
      azureKeyVaultKms: { enabled: chosen, keyId: 'https://vault.vault.azure.net/keys/data/1' } // expect: unknown secrets_encrypted
    }
  }
}
