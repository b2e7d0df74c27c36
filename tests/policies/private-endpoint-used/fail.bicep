resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = { // expect: fail network.private_endpoint
  name: 'images'
  location: 'westeurope'
  sku: { name: 'Premium' }
}
