param sku string

resource one 'Microsoft.Network/natGateways@2024-07-01' = {
  name: 'one'
  location: 'westeurope'
  sku: { name: 'Standard' } // expect: fail ha.multi_zone
}

resource all 'Microsoft.Network/natGateways@2024-07-01' = {
  name: 'all'
  location: 'westeurope'
  sku: { name: 'StandardV2' }
}

resource open 'Microsoft.Network/natGateways@2024-07-01' = {
  name: 'open'
  location: 'westeurope'
  sku: { name: sku } // expect: unknown ha.multi_zone
}

resource zonal 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'zonal'
  location: 'westeurope'
  zones: ['2'] // expect: fail ha.multi_zone
  properties: { sku: { name: 'AZFW_VNet', tier: 'Standard' } }
}

resource spread 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'spread'
  location: 'westeurope'
  zones: ['1', '2', '3']
  properties: { sku: { name: 'AZFW_VNet', tier: 'Standard' } }
}
