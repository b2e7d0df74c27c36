resource it 'Microsoft.Network/azureFirewalls@2024-05-01' = { // expect: fail logs.enabled
  name: 'hub'
  location: 'westeurope'
  properties: {
    sku: { name: 'AZFW_VNet', tier: 'Standard' }
  }
}
