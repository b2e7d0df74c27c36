resource app 'Microsoft.App/containerApps@2024-03-01' = { // expect: fail managed_identity
  name: 'shop'
  location: 'westeurope'
  properties: {}
}
