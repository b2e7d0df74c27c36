targetScope = 'subscription'

resource machines 'Microsoft.Security/pricings@2024-01-01' = { // expect: unknown budget
  name: 'VirtualMachines'
  properties: {
    pricingTier: 'Standard'
  }
}
