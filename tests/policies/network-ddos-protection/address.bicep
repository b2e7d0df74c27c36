param mode string

resource own 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'own'
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static', ddosSettings: { protectionMode: 'Enabled' } }
}

resource off 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'off'
  sku: { name: 'Standard' }
  properties: {
    publicIPAllocationMethod: 'Static'
    ddosSettings: { protectionMode: 'Disabled' } // expect: fail ddos_protection
  }
}

resource open 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'open'
  sku: { name: 'Standard' }
  properties: {
    publicIPAllocationMethod: 'Static'
    ddosSettings: { protectionMode: mode } // expect: unknown ddos_protection
  }
}
