resource front 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'front'
  location: 'westeurope'
  sku: {
    name: 'Standard'
  }
  properties: { publicIPAllocationMethod: 'Static' }
}
