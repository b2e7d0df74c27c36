targetScope = 'subscription'

resource machines 'Microsoft.Security/pricings@2024-01-01' = {
  name: 'VirtualMachines'
  properties: {
    pricingTier: 'Standard'
  }
}

resource month 'Microsoft.Consumption/budgets@2023-05-01' = {
  name: 'month'
  properties: {
    category: 'Cost'
    amount: 1000
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: '2026-01-01T00:00:00Z'
    }
    notifications: {
      most: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 90
        contactEmails: [
          'finance@example.org'
        ]
      }
    }
  }
}
