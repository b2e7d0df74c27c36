param chosen bool

targetScope = 'subscription'

resource month 'Microsoft.Consumption/budgets@2023-05-01' = {
  name: 'month'
  properties: {
    amount: 1000
    category: 'Cost'
    timeGrain: 'Monthly'
    notifications: {
      used: {
        enabled: chosen // expect: unknown receivers
        operator: 'GreaterThan'
        threshold: 90
        contactRoles: [
          'Owner'
        ]
      }
    }
  }
}
