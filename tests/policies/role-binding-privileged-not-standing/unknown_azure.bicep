param chosen string

targetScope = 'subscription'

resource owner 'Microsoft.Authorization/roleAssignmentScheduleRequests@2022-04-01-preview' = {
  name: guid('owner')
  properties: {
    principalId: '44444444-4444-4444-4444-444444444444'
    requestType: 'AdminAssign'
    roleDefinitionId: '/subscriptions/22222222-2222-2222-2222-222222222222/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
    scheduleInfo: {
      expiration: {
        type: chosen // expect: unknown standing
      }
    }
  }
}
