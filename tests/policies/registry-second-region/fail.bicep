resource images 'Microsoft.ContainerRegistry/registries@2025-04-01' = { // expect: fail ha.multi_region
  name: 'images'
  location: 'westeurope'
  sku: { name: 'Premium' }
}

resource copy 'Microsoft.ContainerRegistry/registries/replications@2025-04-01' = {
  parent: images
  name: 'copy'
  location: 'West Europe'
  properties: {}
}
