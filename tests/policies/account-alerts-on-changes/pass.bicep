targetScope = 'resourceGroup'

resource changes 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
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
        {
          field: 'operationName'
          containsAny: [
            'Microsoft.Authorization/policyAssignments/write'
            'Microsoft.Authorization/policyAssignments/delete'
            'Microsoft.Network/networkSecurityGroups/write'
            'Microsoft.Network/networkSecurityGroups/delete'
            'Microsoft.Network/publicIPAddresses/write'
            'Microsoft.Network/publicIPAddresses/delete'
            'Microsoft.Security/securitySolutions/write'
            'Microsoft.Security/securitySolutions/delete'
            'Microsoft.Sql/servers/firewallRules/write'
            'Microsoft.Sql/servers/firewallRules/delete'
          ]
        }
      ]
    }
    actions: {
      actionGroups: [
        {
          actionGroupId: team.id
        }
      ]
    }
  }
}

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'team'
  location: 'global'
  properties: {
    groupShortName: 'team'
    enabled: true
    emailReceivers: [
      {
        name: 'team'
        emailAddress: 'team@example.org'
      }
    ]
  }
}
