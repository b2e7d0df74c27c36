param chosen bool

resource thing 'Microsoft.ContainerRegistry/registries@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    anonymousPullEnabled: chosen // expect: unknown anonymous_pull
  }
}
