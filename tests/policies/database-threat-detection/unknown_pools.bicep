param chosen string

resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'
  location: 'westeurope'

  resource policy 'securityAlertPolicies' = {
    name: 'default'
    properties: {
      state: chosen // expect: unknown threat_detection
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
