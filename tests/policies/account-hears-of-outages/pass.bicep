targetScope = 'resourceGroup'

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'team'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'team'
    emailReceivers: [{ name: 'team', emailAddress: 'team@example.com' }]
  }
}

resource health 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: 'health'
  location: 'global'
  properties: {
    enabled: true
    scopes: [subscription().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'ServiceHealth' }
        { field: 'properties.incidentType', equals: 'Incident' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: team.id }] }
  }
}
