resource silent 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'silent'
  location: 'westeurope'
  properties: { // expect: fail encryption.customer_managed_key
    dnsPrefix: 'silent'
  }
}
