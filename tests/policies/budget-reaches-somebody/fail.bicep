targetScope = 'subscription'

resource month 'Microsoft.Consumption/budgets@2023-05-01' = {
  name: 'month'
  properties: {
    amount: 1000
    category: 'Cost'
    timeGrain: 'Monthly'
    notifications: { // expect: fail receivers
      used: {
        enabled: false
        operator: 'GreaterThan'
        threshold: 90
        contactEmails: [
          'finance@example.org'
        ]
      }
    }
  }
}
