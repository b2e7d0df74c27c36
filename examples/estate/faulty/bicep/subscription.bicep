targetScope = 'subscription'

param workspace string
param engineers string

// Who did what in the subscription.
resource activity 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'activity'
  properties: {
    workspaceId: workspace
    logs: [for each in ['Alert']: {
      category: each // planted: subscription-activity-log-kept
      enabled: true
    }]
  }
}

resource owns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, engineers, 'owner')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635') // planted: role-binding-not-privileged-at-large-scope
    principalId: engineers
    principalType: 'Group' // unknown: role-binding-no-privileged-guest
  }
}
