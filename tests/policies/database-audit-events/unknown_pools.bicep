param on string

resource reports 'Microsoft.Synapse/workspaces@2021-06-01' = {
  name: 'reports'

  resource orders 'sqlPools' = {
    name: 'orders'

    resource audit 'extendedAuditingSettings' = {
      name: 'default'
      properties: { state: on } // expect: unknown audit.events
    }
  }
}
