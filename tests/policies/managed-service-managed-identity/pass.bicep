resource thing 'Microsoft.ApiManagement/service@2024-05-01' = {
  name: 'thing'
  location: 'westeurope'
  identity: {
    type: 'SystemAssigned'
  }
}
