param chosen array

resource sound 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: 'sound'
  location: 'westeurope'
  properties: {
    roleName: 'operators'
    assignableScopes: [resourceGroup().id]
    permissions: [
      { actions: ['Microsoft.Compute/virtualMachines/read'] }
    ]
  }
}

resource faulty 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: 'faulty'
  location: 'westeurope'
  properties: {
    roleName: 'operators'
    assignableScopes: [resourceGroup().id]
    permissions: [
      { actions: ['*'] } // expect: fail wildcard_actions
    ]
  }
}

resource open 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: 'open'
  location: 'westeurope'
  properties: {
    roleName: 'operators'
    assignableScopes: [resourceGroup().id]
    permissions: [
      { actions: chosen } // expect: unknown wildcard_actions
    ]
  }
}
