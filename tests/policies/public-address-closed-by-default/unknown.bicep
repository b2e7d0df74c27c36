param tier string
resource front 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'front'
  location: 'westeurope'
  sku: {
    name: tier // expect: unknown closed_by_default
  }
  properties: { publicIPAllocationMethod: 'Static' }
}
