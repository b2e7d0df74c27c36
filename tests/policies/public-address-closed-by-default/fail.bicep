resource front 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'front'
  location: 'westeurope'
  sku: {
    name: 'Basic' // expect: fail closed_by_default
  }
  properties: { publicIPAllocationMethod: 'Static' }
}
