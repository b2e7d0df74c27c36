param chosen string

resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: '00000000-1111-2222-3333-444444444444'
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')
    principalId: '11111111-1111-1111-1111-111111111111'
    principalType: chosen // expect: unknown subjects.guests
  }
}
