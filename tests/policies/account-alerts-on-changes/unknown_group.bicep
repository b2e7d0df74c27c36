targetScope = 'resourceGroup'

param team string

resource changes 'Microsoft.Insights/activityLogAlerts@2020-10-01' = { // expect: unknown alerts.missing
  name: 'changes'
  location: 'global'
  properties: {
    enabled: true
    scopes: [
      '/subscriptions/22222222-2222-2222-2222-222222222222'
    ]
    condition: {
      allOf: [
        {
          field: 'category'
          equals: 'Administrative'
        }
      ]
    }
    actions: {
      actionGroups: [
        {
          actionGroupId: team
        }
      ]
    }
  }
}
