param chosen string

resource open 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    diskEncryptionSetID: chosen // expect: unknown encryption.customer_managed_key
  }
}
