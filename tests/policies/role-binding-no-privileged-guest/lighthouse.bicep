targetScope = 'subscription'

resource offer 'Microsoft.ManagedServices/registrationDefinitions@2022-10-01' = {
  name: '22222222-2222-2222-2222-222222222222'
  properties: {
    registrationDefinitionName: 'operations'
    managedByTenantId: '33333333-3333-3333-3333-333333333333'
    authorizations: [
      { // expect: fail subjects.guests
        principalId: '99999999-9999-9999-9999-999999999999'
        roleDefinitionId: 'b24988ac-6180-42a0-ab88-20f7382dd24c'
      }
      {
        principalId: '99999999-9999-9999-9999-999999999999'
        roleDefinitionId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
      }
    ]
  }
}

resource assigned 'Microsoft.ManagedServices/registrationAssignments@2022-10-01' = {
  name: '44444444-4444-4444-4444-444444444444'
  properties: {
    registrationDefinitionId: offer.id
  }
}
