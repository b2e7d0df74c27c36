targetScope = 'subscription'

param role string

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('reader')
  properties: {
    principalId: '11111111-1111-1111-1111-111111111111'
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')
  }
}

resource ci 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('ci')
  properties: {
    principalId: '11111111-1111-1111-1111-111111111111'
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635') // expect: fail admin
  }
}

resource open 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid('open')
  properties: {
    principalId: '11111111-1111-1111-1111-111111111111'
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role) // expect: unknown admin
  }
}

resource eligible 'Microsoft.Authorization/roleEligibilityScheduleRequests@2022-04-01-preview' = {
  name: guid('eligible')
  properties: {
    principalId: '11111111-1111-1111-1111-111111111111'
    requestType: 'AdminAssign'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')
    scheduleInfo: {
      expiration: {
        type: 'NoExpiration'
      }
    }
  }
}

resource active 'Microsoft.Authorization/roleAssignmentScheduleRequests@2022-04-01-preview' = {
  name: guid('active')
  properties: {
    principalId: '11111111-1111-1111-1111-111111111111'
    requestType: 'AdminAssign'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635') // expect: fail admin
    scheduleInfo: {
      expiration: {
        type: 'NoExpiration'
      }
    }
  }
}
