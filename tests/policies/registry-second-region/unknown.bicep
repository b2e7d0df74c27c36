param region string

resource images 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'images'
  location: 'westeurope'
  sku: { name: 'Premium' }
}

resource copy 'Microsoft.ContainerRegistry/registries/replications@2025-04-01' = {
  parent: images
  name: 'copy'
  location: region // expect: unknown ha.multi_region
  properties: {}
}
