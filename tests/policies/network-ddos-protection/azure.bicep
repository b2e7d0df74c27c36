param chosen bool

resource sound 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    enableDdosProtection: true
    ddosProtectionPlan: { id: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/ddosProtectionPlans/plan' }
  }
}

resource faulty 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    enableDdosProtection: false // expect: fail ddos_protection
    ddosProtectionPlan: { id: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/ddosProtectionPlans/plan' }
  }
}

resource open 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    enableDdosProtection: chosen // expect: unknown ddos_protection
    ddosProtectionPlan: { id: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/ddosProtectionPlans/plan' }
  }
}
