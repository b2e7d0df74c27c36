param chosen string

resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'
  location: 'westeurope'

  resource policy 'securityAlertPolicies' = {
    name: 'default'
    properties: {
      state: 'Enabled'
    }
  }

  resource orders 'sqlPools' = {
    name: 'orders'
    location: 'westeurope'

    resource policy 'securityAlertPolicies' = {
      name: 'default'
      properties: {
        state: 'Disabled'
      }
    }
  }
}
