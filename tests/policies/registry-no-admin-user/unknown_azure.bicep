param chosen bool

resource thing 'Microsoft.ContainerRegistry/registries@2024-01-01' = {
  name: 'thing'
  location: 'westeurope'
  properties: {
    adminUserEnabled: chosen // expect: unknown admin_user
  }
}
