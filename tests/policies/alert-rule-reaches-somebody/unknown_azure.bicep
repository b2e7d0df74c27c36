param chosen bool

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'team'
  location: 'global'
  properties: {
    enabled: chosen // expect: unknown receivers
    groupShortName: 'team'
    emailReceivers: [
      {
        name: 'team'
        emailAddress: 'team@example.org'
      }
    ]
  }
}

resource busy 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'busy'
  location: 'global'
  properties: {
    enabled: true
    scopes: []
    actions: [
      {
        actionGroupId: team.id
      }
    ]
  }
}
