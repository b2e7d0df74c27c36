resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' = { // expect: fail encryption.customer_managed_key
  name: 'images'
  location: 'westeurope'
  sku: {
    name: 'Premium'
  }
}
