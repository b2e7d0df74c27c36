param denied array

targetScope = 'subscription'

resource operator 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: '00000000-1111-2222-3333-444444444444'
  properties: {
    roleName: 'operator'
    type: 'CustomRole'
    assignableScopes: [
      '/subscriptions/22222222-2222-2222-2222-222222222222'
    ]
    permissions: [
      {
        actions: [ // expect: unknown escalates
          'Microsoft.Authorization/roleAssignments/*'
        ]
        notActions: denied
      }
    ]
  }
}
