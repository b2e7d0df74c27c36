resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'team'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'team'
    emailReceivers: []
  }
}

resource busy 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'busy'
  location: 'global'
  properties: {
    enabled: true
    scopes: []
    actions: [ // expect: fail receivers
      {
        actionGroupId: team.id
      }
    ]
  }
}
