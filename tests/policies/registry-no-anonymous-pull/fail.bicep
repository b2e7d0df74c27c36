resource thing 'Microsoft.ContainerRegistry/registries@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    anonymousPullEnabled: true // expect: fail anonymous_pull
  }
}
