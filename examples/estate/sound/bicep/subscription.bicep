targetScope = 'subscription'

param workspace string
param engineers string

// Who did what in the subscription.
resource activity 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'activity'
  properties: {
    workspaceId: workspace
    logs: [for each in ['Administrative', 'Security', 'Alert', 'Policy']: { category: each, enabled: true }]
  }
}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, engineers, 'reader')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')
    principalId: engineers
    principalType: 'Group'
  }
}
